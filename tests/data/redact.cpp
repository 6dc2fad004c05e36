#include <wxmp/data/redact.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_CASE(redact_query) {
    using wxmp::redact_query;
    BOOST_TEST(redact_query("https://h/p?access_token=T&type=image&x=1#f") ==
               "https://h/p?access_token=***&type=image&x=1#f");
    BOOST_TEST(redact_query("/p?type=image&access_token=T") == "/p?type=image&access_token=***");
    BOOST_TEST(redact_query("access_token=T") == "access_token=***");
    BOOST_TEST(redact_query("appid=a&secret=S=S&appsecret=&js_code=C") ==
               "appid=a&secret=***&appsecret=***&js_code=***");
    BOOST_TEST(redact_query("/p?access%5ftoken=T") == "/p?access%5ftoken=***");
    BOOST_TEST(redact_query("/token/p") == "/token/p");
    BOOST_TEST(redact_query("/p?&&access_token&a") == "/p?&&access_token&a");
    BOOST_TEST(redact_query("/p?a=?access_token=T") == "/p?a=?access_token=T");
    BOOST_TEST(redact_query("") == "");
}
