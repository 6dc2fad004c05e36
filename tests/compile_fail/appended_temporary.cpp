// error: deleted function|call to deleted
#include <wxmp/data/body.hpp>

#include <string>
#include <utility>

void append_to(wxmp::http::body& b, std::string text) {
#ifdef WXMP_FAIL
    b.append_borrowed(std::move(text));
#else
    b.append_borrowed("literal");
    b.append_borrowed(text);
#endif
}
