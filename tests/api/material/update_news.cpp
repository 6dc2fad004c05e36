#include <wxmp/api/material/update_news.hpp>

#include "../../golden.hpp"

WXMP_GOLDEN(material, update_news)
