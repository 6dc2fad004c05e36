// error: required.*is private within this context|required.*has private default constructor
#include <wxmp/api/comment/markelect.hpp>

auto mark() {
#ifdef WXMP_FAIL
    return wxmp::comment::markelect{.msg_data_id = 1};
#else
    return wxmp::comment::markelect{.msg_data_id = 1, .user_comment_id = 2};
#endif
}
