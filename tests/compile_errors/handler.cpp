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

// Whether a client wants a handler can be asked.
template <class Client>
concept needs_no_handler = requires(Client& c) {
    c(draft::count{});
    c.run(flow_of_call());
};
struct blocks {
    result<http::response> send(const http::request&);
};
static_assert(needs_no_handler<client<blocks>> && !needs_no_handler<client<calls_back>>);

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

// error DRIVEN: the handler, the last argument, cannot be called with the `result<...>` of the call or flow
#ifdef DRIVEN
void make(calls_back t, no_token_store s) { drive(t, s, flow_of_call(), secret("T")); }
#endif
