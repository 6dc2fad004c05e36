#include <wxmp/api/draft/count.hpp>
#include <wxmp/client.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

using namespace wxmp;

struct right {
    result<std::optional<token_record>> load();
    result<std::optional<std::uint64_t>> lease(std::chrono::milliseconds);
    result<bool> commit(const token_record&);
    result<void> release(std::uint64_t fence);
    result<void> invalidate(const secret&);
};
static_assert(blocking_token_store<right> && token_store<right>);
static_assert(!token_store<int> && !token_store<std::string>);
void make_right(right& s) { token_policy(s, auth::stable_token{.appid = "wx1", .secret = secret("s")}); }

template <class T> struct coroutine {};

struct calls_back {
    void load(auto handler);
    void lease(std::chrono::milliseconds, auto handler);
    void commit(const token_record&, auto handler);
    void release(std::uint64_t fence, auto handler);
    void invalidate(const secret&, auto handler);
};
static_assert(callback_token_store<calls_back>);

struct is_awaited {
    template <class T> using task = coroutine<T>;
    task<result<std::optional<token_record>>> load();
    task<result<std::optional<std::uint64_t>>> lease(std::chrono::milliseconds);
    task<result<bool>> commit(const token_record&);
    task<result<void>> release(std::uint64_t fence);
    task<result<void>> invalidate(const secret&);
};
static_assert(awaitable_token_store<is_awaited>);

// error NO_LOAD: this type is no token store: it has no `result<std::optional<token_record>> load()`
#ifdef NO_LOAD
struct wrong {};
void make(wrong& s) { token_policy(s, auth::stable_token{.appid = "wx1", .secret = secret("s")}); }
#endif

// error NO_LEASE: it has no `result<std::optional<std::uint64_t>> lease(std::chrono::milliseconds)`
#ifdef NO_LEASE
struct wrong {
    result<std::optional<token_record>> load();
};
void make(wrong& s) { token_policy(s, auth::stable_token{.appid = "wx1", .secret = secret("s")}); }
#endif

// error NO_COMMIT: it has no `result<bool> commit(const token_record&)`
#ifdef NO_COMMIT
struct wrong {
    result<std::optional<token_record>> load();
    result<std::optional<std::uint64_t>> lease(std::chrono::milliseconds);
};
void make(wrong& s) { token_policy(s, auth::stable_token{.appid = "wx1", .secret = secret("s")}); }
#endif

// error NO_RELEASE: it has no `result<void> release(std::uint64_t fence)`
#ifdef NO_RELEASE
struct wrong {
    result<std::optional<token_record>> load();
    result<std::optional<std::uint64_t>> lease(std::chrono::milliseconds);
    result<bool> commit(const token_record&);
};
void make(wrong& s) { token_policy(s, auth::stable_token{.appid = "wx1", .secret = secret("s")}); }
#endif

// error NO_INVALIDATE: it has no `result<void> invalidate(const secret&)`
#ifdef NO_INVALIDATE
struct wrong {
    result<std::optional<token_record>> load();
    result<std::optional<std::uint64_t>> lease(std::chrono::milliseconds);
    result<bool> commit(const token_record&);
    result<void> release(std::uint64_t fence);
};
void make(wrong& s) { token_policy(s, auth::stable_token{.appid = "wx1", .secret = secret("s")}); }
#endif

// error OTHER_LOAD: its `load` is none of `result<std::optional<token_record>> load()`
#ifdef OTHER_LOAD
struct wrong : right {
    std::optional<token_record> load();
};
void make(wrong& s) { token_policy(s, auth::stable_token{.appid = "wx1", .secret = secret("s")}); }
#endif

// error OTHER_LEASE: its `lease` is none of `result<std::optional<std::uint64_t>> lease(std::chrono::milliseconds)`
#ifdef OTHER_LEASE
struct wrong : calls_back {
    void lease(auto handler);
};
void make(wrong& s) { token_policy(s, auth::stable_token{.appid = "wx1", .secret = secret("s")}); }
#endif

// error OTHER_COMMIT: its `commit` is none of `result<bool> commit(const token_record&)`
#ifdef OTHER_COMMIT
struct wrong : right {
    result<bool> commit(token_record&);
};
void make(wrong& s) { token_policy(s, auth::stable_token{.appid = "wx1", .secret = secret("s")}); }
#endif

// error OTHER_RELEASE: its `release` is none of `result<void> release(std::uint64_t fence)`
#ifdef OTHER_RELEASE
struct wrong : is_awaited {
    task<void> release(std::uint64_t fence);
};
void make(wrong& s) { token_policy(s, auth::stable_token{.appid = "wx1", .secret = secret("s")}); }
#endif

// error OTHER_INVALIDATE: its `invalidate` is none of `result<void> invalidate(const secret&)`
#ifdef OTHER_INVALIDATE
struct wrong : right {
    void invalidate(const secret&);
};
void make(wrong& s) { token_policy(s, auth::stable_token{.appid = "wx1", .secret = secret("s")}); }
#endif

// error TWO_STYLES: its members are not all of one style
#ifdef TWO_STYLES
struct wrong : right {
    void load(auto handler);
};
void make(wrong& s) { token_policy(s, auth::stable_token{.appid = "wx1", .secret = secret("s")}); }
#endif

struct blocks {
    result<http::response> send(const http::request&);
};
struct blocks_not {
    void send(const http::request&, auto handler);
};

// error OTHER_STYLE: a blocking transport needs a blocking token store
#ifdef OTHER_STYLE
void make(blocks t, calls_back& s) {
    client(t, options{}, token_policy(s, auth::stable_token{.appid = "wx1", .secret = secret("s")}));
}
#endif

// error AWAITED: a callback transport needs a token store that calls back or is blocking
#ifdef AWAITED
void make(blocks_not t, is_awaited& s) {
    client(std::ref(t), options{},
           token_policy(s, auth::stable_token{.appid = "wx1", .secret = secret("s")}));
}
#endif

// error DRIVEN: it has no `result<std::optional<token_record>> load()`
#ifdef DRIVEN
void make(blocks t, std::string s) { drive(t, s, call<draft::count>({}, options{})); }
#endif

// error DRIVEN_IN_OTHER_STYLE: a blocking transport needs a blocking token store
#ifdef DRIVEN_IN_OTHER_STYLE
void make(blocks t, is_awaited s) { drive(t, s, call<draft::count>({}, options{})); }
#endif

// error NO_GRANT: this type obtains no token: pass an operation whose `response` is `wxmp::auth::token_grant`
#ifdef NO_GRANT
void make(right& s) { token_policy(s, secret("the app's secret")); }
#endif

// error NO_POLICY: this type is no policy: a client takes a `token_policy`, a `retry_policy` and a `failover_policy`
#ifdef NO_POLICY
void make(blocks t, right& s) { client(t, options{}, s); }
#endif
