// The one translation unit that compiles what is compiled once, of the library and of Boost.JSON.
#include <wxmp/src.hpp>
#include <wxmp/testing/src.hpp>

#include <boost/json/src.hpp>
