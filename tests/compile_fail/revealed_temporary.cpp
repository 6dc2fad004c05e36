// error: deleted function|call to deleted
#include <wxmp/data/secret.hpp>

wxmp::secret make();

std::size_t size() {
#ifdef WXMP_FAIL
    const auto& text = make().reveal();
#else
    const auto token = make();
    const auto& text = token.reveal();
#endif
    return text.size();
}
