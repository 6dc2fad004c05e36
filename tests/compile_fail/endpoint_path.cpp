// error: an_endpoint_path_starts_with_a_slash
#include <wxmp/data/endpoint.hpp>

#ifdef WXMP_FAIL
constexpr auto at = wxmp::endpoint::post_json("no/leading/slash");
#else
constexpr auto at = wxmp::endpoint::post_json("/leading/slash");
#endif

int main() { return at.is_idempotent; }
