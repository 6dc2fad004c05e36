#include <wxmp/api/draft/count.hpp>
#include <wxmp/client.hpp>

#include <functional>
#include <string>

using namespace wxmp;

struct right {
    result<http::response> send(const http::request&) { return http::response(); }
};
static_assert(transport<right> && transport<right&>);
static_assert(!transport<int> && !transport<std::string> && !transport<const right>);
client c{right()};

template <class T> struct coroutine {};

// error NO_SEND: this type is no transport: it has no `send`
#ifdef NO_SEND
struct wrong {
    result<http::response> sent(const http::request&);
};
void make(wrong t) { client wrongly(t); }
#endif

// error BORROWED: this type is no transport: it has no `send`
#ifdef BORROWED
void make(std::string& t) { client wrongly(std::ref(t), options{}, retry_policy()); }
#endif

// error NO_CLASS: this type is no transport: it has no `send`
#ifdef NO_CLASS
void make(int* t) { client wrongly(t, options{}); }
#endif

// error RETURNS_TEXT: its `send` does not return `result<http::response>`
#ifdef RETURNS_TEXT
struct wrong {
    std::string send(const http::request&);
};
void make(wrong t) { client wrongly(t); }
#endif

// error UNNAMED_TASK: if it returns a coroutine, the transport has to name the coroutine's type
#ifdef UNNAMED_TASK
struct wrong {
    coroutine<result<http::response>> send(const http::request&, stop_token);
};
void make(wrong t) { client wrongly(t); }
#endif

// error OTHER_TASK: its `send` does not return its own `task<result<http::response>>`
#ifdef OTHER_TASK
struct wrong {
    template <class T> using task = coroutine<T>;
    task<http::response> send(const http::request&);
};
void make(wrong t) { client wrongly(t); }
#endif

// error HANDLER_AND_RESULT: its `send` takes a handler and does not return void
#ifdef HANDLER_AND_RESULT
struct wrong {
    bool send(const http::request&, auto handler);
};
void make(wrong t) { client wrongly(t); }
#endif

// error MUTABLE_REQUEST: its `send` cannot be called with a `const http::request&`
#ifdef MUTABLE_REQUEST
struct wrong {
    result<http::response> send(http::request&);
};
void make(wrong t) { client wrongly(t); }
#endif

// error PRIVATE: its `send` cannot be called with a `const http::request&`
#ifdef PRIVATE
class wrong {
    result<http::response> send(const http::request&);
};
void make(wrong t) { client wrongly(t); }
#endif

// error OTHER_HANDLER: its `send` cannot be called with a `const http::request&`
#ifdef OTHER_HANDLER
struct wrong final {
    void send(const http::request&, std::function<void(std::string)> handler);
};
void make(wrong t) { client wrongly(t); }
#endif

// error CONSTANT: this transport is const, and its `send` is not
#ifdef CONSTANT
void make(const right& t) { client wrongly(std::ref(t)); }
#endif

// error DRIVEN: this type is no transport: it has no `send`
#ifdef DRIVEN
void make(std::string t, no_token_store s) {
    drive(t, s, call<draft::count>({}, options{}), {}, {.deadline = {}}, [](auto) {});
}
#endif
