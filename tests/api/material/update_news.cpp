#include "../../golden.hpp"

#include <wxmp/api/material/update_news.hpp>

WXMP_GOLDEN(material, update_news)
