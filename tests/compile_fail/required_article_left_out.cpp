// error: required.*is private within this context|required.*has private default constructor|deleted function|deleted default
#include <wxmp/api/draft/update.hpp>

wxmp::draft::update change(wxmp::article a) {
#ifdef WXMP_FAIL
    static_cast<void>(a);
    return {.media_id = "m", .index = wxmp::index_from_0{0}};
#else
    return {.media_id = "m", .index = wxmp::index_from_0{0}, .articles = a};
#endif
}
