# Sourced by the run scripts: installs the Debian packages they name. All it says goes to stderr.

# What it takes to build the library, the tests and the examples.
build_packages=(g++ cmake ninja-build python3 libboost1.81-dev libcurl4-openssl-dev libssl-dev)
# What examples/wxmp reads articles with.
article_packages=(libcmark-gfm-dev libcmark-gfm-extensions-dev libgumbo-dev libyaml-dev libtomlplusplus-dev libturbojpeg0-dev libpng-dev libcsv-dev)

# A tool counts wherever it comes from, a library only as a package.
is_installed() {
    case $1 in
        ninja-build) command -v ninja >/dev/null && return ;;
        nodejs) command -v node >/dev/null && return ;;
        php-cli) command -v php >/dev/null && return ;;
        golang-go) command -v go >/dev/null && return ;;
        *) command -v "$1" >/dev/null && return ;;
    esac
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# What the scripts of tests/system need besides; with --without-nightly, those that .ci/run runs. Several run the tool, and
# name only what it needs for more than articles.
packages_of_scripts() {
    local scripts
    mapfile -t scripts < <(find "$(dirname "${BASH_SOURCE[0]}")/system" -maxdepth 1 -type f)
    [ "${1:-}" != --without-nightly ] || mapfile -t scripts < <(grep -LsI '^# nightly$' "${scripts[@]}")
    echo "${article_packages[@]}"
    grep -hsI '^# packages: ' "${scripts[@]}" | cut -d: -f2
}

# need PACKAGE...: installs those that are missing; where it may not, names them and ends the script.
need() {
    local package missing=() root=()
    for package; do is_installed "$package" || missing+=("$package"); done
    [ ${#missing[@]} -gt 0 ] || return 0

    [ "$(id -u)" = 0 ] || root=(sudo -n)
    if ! command -v apt-get >/dev/null || ! "${root[@]}" true 2>/dev/null; then
        printf 'missing: %s\ninstall it with: sudo apt-get install %s\n' "${missing[*]}" "${missing[*]}" >&2
        exit 1
    fi
    local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600)
    { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } </dev/null >&2 && return
    printf 'could not install: %s\n' "${missing[*]}" >&2
    exit 1
}
