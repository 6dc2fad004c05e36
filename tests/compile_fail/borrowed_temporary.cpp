// error: deleted function|call to deleted
#include <wxmp/data/body.hpp>

#include <string>

wxmp::http::body body_of(const std::string& text) {
#ifdef WXMP_FAIL
    return wxmp::http::body::borrow(text + "\n");
#else
    return wxmp::http::body::borrow(text);
#endif
}
