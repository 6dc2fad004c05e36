// error: call to consteval function|is not a constant expression
#include <wxmp/data/endpoint.hpp>

#ifdef WXMP_FAIL
constexpr auto at = wxmp::endpoint::post_json("no/leading/slash");
#else
constexpr auto at = wxmp::endpoint::post_json("/leading/slash");
#endif

int main() { return at.is_idempotent; }
