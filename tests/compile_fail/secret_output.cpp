// error: use of deleted function|overload resolution selected deleted operator
#include <wxmp/data/secret.hpp>

#include <ostream>

void print(std::ostream& out, const wxmp::secret& token) {
#ifdef WXMP_FAIL
    out << token;
#else
    out << token.reveal();
#endif
}
