// What the tests include, read once for all of them. That each header includes what it uses is seen by
// system/headers_alone.
#include <wxmp/testing.hpp>
#include <wxmp/wxmp.hpp>

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
