// The one translation unit that compiles Boost.Test and Boost.JSON.
#define BOOST_TEST_MODULE wxmp
#include <boost/test/included/unit_test.hpp>

#include <wxmp/src.hpp>
