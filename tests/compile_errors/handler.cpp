#include <wxmp/api/draft/count.hpp>
#include <wxmp/client.hpp>

#include <string>

using namespace wxmp;

struct calls_back {
    void send(const http::request&, auto handler) { handler(http::response()); }
};
using outcome = result<draft::count::response>;
run_handle run(client<calls_back>& c) {
    return c(draft::count{}, [](outcome) {});
}
auto flow_of_call() { return call<draft::count>({}, options{}); }

// error NO_HANDLER: a handler is missing: over a callback transport, it is the last argument
#ifdef NO_HANDLER
void make(client<calls_back>& c) { c(draft::count{}); }
#endif

// error RUN_WITHOUT: a handler is missing: over a callback transport, it is the last argument
#ifdef RUN_WITHOUT
void make(client<calls_back>& c) { c.run(flow_of_call()); }
#endif

// error DRIVEN_WITHOUT: a handler is missing: over a callback transport, it is the last argument
#ifdef DRIVEN_WITHOUT
void make(calls_back t, no_token_store s) { drive(t, s, flow_of_call()); }
#endif

// error OPTIONS_LAST: the handler, the last argument, cannot be called with the `result<...>` of the call or flow
#ifdef OPTIONS_LAST
void make(client<calls_back>& c) { c(draft::count{}, run_options()); }
#endif

// error OTHER_HANDLER: the handler, the last argument, cannot be called with the `result<...>` of the call or flow
#ifdef OTHER_HANDLER
void make(client<calls_back>& c) {
    c.run(flow_of_call(), {.deadline = {}}, [](std::string) {});
}
#endif
