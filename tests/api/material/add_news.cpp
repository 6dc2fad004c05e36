#include <wxmp/api/material/add_news.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(material, add_news)
