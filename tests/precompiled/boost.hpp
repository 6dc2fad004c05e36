// What nearly every test includes and no test is about.
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
