#include <wxmp/api/draft/count.hpp>
#include <wxmp/client.hpp>
#include <wxmp/flow/poll.hpp>

#include <string>

using namespace wxmp;

struct blocks {
    result<http::response> send(const http::request&);
};
auto run_right(client<blocks>& c) { return c(draft::count{}); }

struct answer {
    int count{};
};
BOOST_DESCRIBE_STRUCT(answer, (), (count))

// error NO_ENDPOINT: this type is no call: it has no `static constexpr endpoint at`
#ifdef NO_ENDPOINT
void run(client<blocks>& c) { c(std::string()); }
#endif

// error NO_RESPONSE: this type is no call: it has no type `response`
#ifdef NO_RESPONSE
struct wrong {
    static constexpr endpoint at = endpoint::get("/count");
};
void run(client<blocks>& c) { c(wrong(), {.deadline = {}}); }
#endif

// error RESPONSE_NOT_DESCRIBED: this type is no call: its `response` is no aggregate that is described
#ifdef RESPONSE_NOT_DESCRIBED
struct wrong {
    static constexpr endpoint at = endpoint::get("/count");
    struct response {};
};
BOOST_DESCRIBE_STRUCT(wrong, (), ())
void run(client<blocks>& c) { c(wrong(), {.deadline = {}}); }
#endif

// error NOT_DESCRIBED: this type is no call: it is no aggregate that is described
#ifdef NOT_DESCRIBED
struct wrong {
    static constexpr endpoint at = endpoint::get("/count");
    using response = answer;
};
void run(client<blocks>& c) { c(wrong(), {.deadline = {}}); }
#endif

// error OTHER_ENDPOINT: this type is no call: its `at` is not `static constexpr endpoint at`
#ifdef OTHER_ENDPOINT
struct wrong {
    static constexpr const char* at = "/count";
    using response = answer;
};
BOOST_DESCRIBE_STRUCT(wrong, (), ())
void run(client<blocks>& c) { c(wrong(), {.deadline = {}}); }
#endif

// error A_FLOW: this type is no call but a flow: run it by `client.run(flow)`
#ifdef A_FLOW
auto run(client<blocks>& c) { return c(poll_video({"media"})); }
#endif
