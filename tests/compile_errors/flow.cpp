#include <wxmp/api/draft/count.hpp>
#include <wxmp/client.hpp>
#include <wxmp/flow/poll.hpp>

#include <string>

using namespace wxmp;

struct blocks {
    result<http::response> send(const http::request&);
};

struct right {
    using value_type = int;
    flows::action next(instant);
    void on(flows::event, instant);
    void cancel();
    result<int> take() &&;
};
static_assert(flow<right> && !flow<int> && !flow<std::string>);
auto run_right(client<blocks>& c) { return c.run(right()); }

// error NO_NEXT: this type is no flow: it has no `flows::action next(instant now)`
#ifdef NO_NEXT
void run(client<blocks>& c) { c.run(std::string(), {.deadline = {}}); }
#endif

// error OTHER_NEXT: this type is no flow: its `next` is not `flows::action next(instant now)`
#ifdef OTHER_NEXT
struct wrong : right {
    flows::action next();
};
void run(client<blocks>& c) { c.run(wrong()); }
#endif

// error NO_ON: this type is no flow: it has no `void on(flows::event, instant now)`
#ifdef NO_ON
struct wrong {
    flows::action next(instant);
};
void run(client<blocks>& c) { c.run(wrong()); }
#endif

// error OTHER_ON: this type is no flow: its `on` is not `void on(flows::event, instant now)`
#ifdef OTHER_ON
struct wrong : right {
    void on(flows::answered, instant);
};
void run(client<blocks>& c) { c.run(wrong()); }
#endif

// error NO_CANCEL: this type is no flow: it has no `void cancel()`
#ifdef NO_CANCEL
struct wrong {
    flows::action next(instant);
    void on(flows::event, instant);
};
void run(client<blocks>& c) { c.run(wrong()); }
#endif

// error OTHER_CANCEL: this type is no flow: its `cancel` is not `void cancel()`
#ifdef OTHER_CANCEL
struct wrong : right {
    bool cancel();
};
void run(client<blocks>& c) { c.run(wrong()); }
#endif

// error NO_VALUE_TYPE: this type is no flow: it does not name the type of its result
#ifdef NO_VALUE_TYPE
struct wrong {
    flows::action next(instant);
    void on(flows::event, instant);
    void cancel();
};
void run(client<blocks>& c) { c.run(wrong()); }
#endif

// error NO_TAKE: this type is no flow: it has no `result<value_type> take() &&`
#ifdef NO_TAKE
struct wrong {
    using value_type = int;
    flows::action next(instant);
    void on(flows::event, instant);
    void cancel();
};
void run(client<blocks>& c) { c.run(wrong()); }
#endif

// error OTHER_TAKE: this type is no flow: its `take` is not `result<value_type> take() &&`
#ifdef OTHER_TAKE
struct wrong : right {
    int take();
};
void run(client<blocks>& c) { c.run(wrong()); }
#endif

// error IMMOVABLE: this type is no flow: it cannot be moved
#ifdef IMMOVABLE
struct wrong : right {
    wrong() = default;
    wrong(const wrong&) = delete;
};
void run(client<blocks>& c, wrong& w) { c.run(w); }
#endif

// error A_CALL: this type is no flow but a call: make it by the client's call operator
#ifdef A_CALL
auto run(client<blocks>& c) { return c.run(draft::count{}, {.deadline = {}}); }
#endif

// error DRIVEN: this type is no flow but a call
#ifdef DRIVEN
void run(blocks t, no_token_store s) { drive(t, s, draft::count{}, {}, {.deadline = {}}); }
#endif

// error UNDER_POLICIES: this type is no flow: it has no `flows::action next(instant now)`
#ifdef UNDER_POLICIES
void run(const options& o) { with_policies(std::string(), policies{}, o); }
#endif

// error CALL_UNDER_POLICIES: this type is no flow but a call
#ifdef CALL_UNDER_POLICIES
void run(const options& o) { with_policies(draft::count{}, {}, o); }
#endif

// error REFERRED_TO: this type is no flow: it has no `void cancel()`
#ifdef REFERRED_TO
struct wrong {
    flows::action next(instant);
    void on(flows::event, instant);
};
flow_ref refer_to(wrong& w) { return flow_ref(w); }
#endif
