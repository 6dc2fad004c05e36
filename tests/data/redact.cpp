// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/data/redact.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(data_redact)

namespace {

using wxmp::redact;
using wxmp::redact_url;
using wxmp::secret;

BOOST_AUTO_TEST_CASE(of_a_url) {
    struct row {
        std::string_view url, expected;
    };
    constexpr row rows[] = {
        {"https://h/p?access_token=T&type=image&x=1#f", "https://h/p?access_token=***&type=image&x=1#f"},
        {"/p?type=image&access_token=T", "/p?type=image&access_token=***"},
        {"access_token=T", "access_token=***"},
        {"appid=a&secret=S=S&appsecret=&js_code=C", "appid=a&secret=***&appsecret=***&js_code=***"},
        {"/token/p", "/token/p"},
        {"/p?&&access_token&a", "/p?&&access_token&a"},
        {"/p?x=token", "/p?x=token"},
        {"", ""},
        // in any case
        {"/p?Access_Token=T", "/p?Access_Token=***"},
        {"/p?APPSECRET=T&a=B", "/p?APPSECRET=***&a=B"},
        // percent-encoded, once and more
        {"/p?access%5ftoken=T", "/p?access%5ftoken=***"},
        {"/p?access%255Ftoken=T", "/p?access%255Ftoken=***"},
        {"/p?%61ccess_t%6Fken%3DT&b=1", "/p?***&b=1"},
        // other separators
        {"/p?a=1;access_token=T;b=2", "/p?a=1;access_token=***;b=2"},
        {"/p#access_token=T&b=2", "/p#access_token=***&b=2"},
        {"/p;token=T/q", "/p;token=***"},
        {"/p?a=?access_token=T", "/p?a=?access_token=***"},
        // a value that holds a separator
        {"/p?secret=a/b;c&d=e", "/p?secret=***&d=e"},
        {"/p?secret=a?b#f", "/p?secret=***#f"},
        {"/p?secret=a/b==&d=e", "/p?secret=***&d=e"},
        {"/p?secret=a/b%3D%3D&d=e", "/p?secret=***&d=e"},
        {"/p?secret=a?b=c;d=e", "/p?secret=***;d=e"},
        // URLs that are values
        {"/p?to=https%3A%2F%2Fh%2Fq%3Faccess_token%3DT&a=1", "/p?to=***&a=1"},
        {"/p?to=https%253A%252F%252Fh%252Fq%253Faccess_token%253DT", "/p?to=***"},
        {"/p?to=https://h/q?access_token=T&a=1", "/p?to=https://h/q?access_token=***&a=1"},
        // the user before a host
        {"https://user:password@h/p", "https://***@h/p"},
        {"//u@h", "//***@h"},
        {"https://h/p@q", "https://h/p@q"},
        {"https://u:a@b@h?x=1", "https://***@h?x=1"},
        {"/p?to=https://u:p@h/q", "/p?to=https://***@h/q"},
        {"/p?to=https%3A%2F%2Fu%3Ap%40h%2Fq", "/p?to=***"},
        // nothing that can be decoded
        {"/p?a=%&b=%4", "/p?a=%&b=%4"},
    };
    for (const auto& r : rows) BOOST_TEST(redact_url(r.url) == r.expected);
}

BOOST_AUTO_TEST_CASE(of_known_secrets) {
    const std::string token = "98_Ab+Cd/Ef=Gh0123456789%&";
    const std::vector<secret> secrets{secret(token), secret("pass"), secret()};
    struct row {
        std::string text, expected;
    };
    const row rows[] = {
        {"", ""},
        {"nothing", "nothing"},
        {"got " + token + ", no good", "got ***, no good"},
        {token + token, "***"},
        // in another case
        {"got 98_AB+CD/EF=GH0123456789%&.", "got ***."},
        // percent-encoded, once and twice
        {"got 98_Ab%2BCd%2fEf%3DGh0123456789%25%26.", "got ***."},
        {"got 98_Ab%252BCd%252fEf%253DGh0123456789.", "got ***."},
        {"got %39%38%5F%41%62%2B%43%64%2F%45.", "got ***."},
        // in part
        {"got 98_Ab+Cd...", "got ***..."},
        {"...3456789%&", "...***"},
        {"98_Ab+C", "98_Ab+C"},
        {"got %2BCd%2FEf%3DG", "got ***"},
        // a short one
        {"my PASS word: p%61ss", "my *** word: ***"},
        {"passing, a bypass", "passing, a bypass"},
        {"pass", "***"},
        {"[pass]=pass", "[***]=***"},
        // beside what cannot be decoded
        {"% %2 %zz " + token, "% %2 %zz ***"},
    };
    for (const auto& r : rows) BOOST_TEST(redact(r.text, secrets) == r.expected);
}

BOOST_AUTO_TEST_CASE(without_secrets_a_text_is_as_it_was) { BOOST_TEST(redact("a%20b", {}) == "a%20b"); }

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
