// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// A described struct by Boost.JSON. It links Boost.JSON, which boost_json_compiled.cpp is.
#include <boost/describe/class.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value_to.hpp>

#include <cstdint>

struct response {
    std::int64_t total_count{};
};
BOOST_DESCRIBE_STRUCT(response, (), (total_count))

int main() {
    const auto answer = boost::json::value_to<response>(boost::json::parse(R"({"total_count":3})"));
    return answer.total_count == 3 ? 0 : 1;
}
