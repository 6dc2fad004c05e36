// What nearly every test includes and no test is about.
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#ifdef WXMP_TEST_SINGLE_HEADER
#include <wxmp/wxmp.hpp>  // every header of ours is this one then
#endif
