#include "../../golden.hpp"

#include <wxmp/api/material/add_news.hpp>

WXMP_GOLDEN(material, add_news)
