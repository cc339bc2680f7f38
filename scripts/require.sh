# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# require GROUP... makes sure that what the groups need is installed. On Debian 12 one apt-get call
# installs what is missing; on another system one line says what is missing.

# Debian packages of each group.
packages_of() {
    case $1 in
        build) echo g++ cmake ninja-build pkg-config ccache python3 libsqlite3-dev libpq-dev libmariadb-dev libboost1.81-dev ;;
        demo) echo libcli11-dev ;;
        servers) echo postgresql-15 postgresql-client-15 mariadb-server openssl ;;
        tests) echo libgtest-dev libgmock-dev libcli11-dev ;;
        clang) echo clang-19 libclang-rt-19-dev ;;
        lint) echo clang-format-19 clang-tidy-19 clang-tools-19 ;;
        benchmarks) echo libsoci-dev ;;
        contestants) echo python3-sqlalchemy python3-psycopg2 python3-mysqldb ;;
        instructions) echo valgrind ;;
        npm) echo nodejs npm ;;
    esac
}

# The same for systems whose packages have other names: "test command|what to say".
checks_of() {
    case $1 in
        build)
            echo 'g++ -std=c++20 -fsyntax-only -x c++ /dev/null|g++ 12 or later'
            echo 'command -v cmake|CMake 3.23 or later'
            echo 'command -v ninja|ninja'
            echo 'command -v pkg-config|pkg-config'
            echo 'pkg-config --exists sqlite3|SQLite 3.40 or later with headers'
            echo 'pkg-config --exists libpq|libpq with headers'
            echo 'pkg-config --atleast-version=3.3 libmariadb|libmariadb 3.3 or later with headers'
            echo 'has_header boost/unordered/unordered_flat_map.hpp|Boost 1.81 or later (headers)'
            ;;
        demo) echo 'has_header CLI/CLI.hpp|CLI11' ;;
        servers)
            echo 'find_postgres|PostgreSQL 15 or later (server and client)'
            echo 'PATH="$PATH:/usr/sbin" command -v mariadbd|MariaDB 10.11 or later (server and client)'
            echo 'command -v openssl|openssl'
            ;;
        tests)
            echo 'has_header gtest/gtest.h|GoogleTest'
            echo 'has_header CLI/CLI.hpp|CLI11'
            ;;
        clang) echo 'command -v clang++-19|clang++-19' ;;
        lint)
            echo 'command -v clang-format-19|clang-format-19'
            echo 'command -v run-clang-tidy-19|clang-tidy-19'
            ;;
        benchmarks) echo 'has_header soci/soci.h|SOCI' ;;
        contestants)
            echo 'python3 -c "import sqlalchemy, psycopg2, MySQLdb"|SQLAlchemy, psycopg2 and mysqlclient'
            ;;
        instructions) echo 'command -v valgrind|valgrind' ;;
        npm) echo 'command -v npm|Node.js 18 or later with npm' ;;
    esac
}

has_header() { echo "#include <$1>" | g++ -std=c++20 -E -x c++ - ; }
find_postgres() { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; }

is_debian_12() { (. /etc/os-release && [ "$ID" = debian ] && [ "$VERSION_ID" = 12 ]) 2>/dev/null; }

require() {
    if is_debian_12; then
        require_packages "$@"
    else
        require_checks "$@"
    fi
}

# require_npm FOLDER PACKAGE@VERSION... has npm put packages into a folder, unless they are there. Node.js of
# another origin than Debian's brings its own npm, which Debian's would be in conflict with.
require_npm() {
    local folder=$1
    shift
    if ! command -v npm >/dev/null; then require npm || return; fi
    if [ "$(cat "$folder/installed" 2>/dev/null)" = "$*" ]; then return; fi
    mkdir -p "$folder"
    npm install --prefix "$folder" --ignore-scripts --no-fund --no-audit --loglevel=error "$@" || return
    echo "$*" >"$folder/installed"
}

require_checks() {
    local missing=() group line
    for group in "$@"; do
        while IFS='|' read -r command name; do
            if ! eval "$command" >/dev/null 2>&1; then missing+=("$name"); fi
        done < <(checks_of "$group")
    done
    [ ${#missing[@]} -eq 0 ] && return
    line=$(printf ', %s' "${missing[@]}")
    echo "Missing on this system: ${line:2}" >&2
    return 1
}

require_packages() {
    local missing=() group package
    for group in "$@"; do
        for package in $(packages_of "$group"); do
            if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
                missing+=("$package")
            fi
        done
    done
    [ ${#missing[@]} -eq 0 ] && return
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "Missing packages, and neither root nor sudo to install them: ${missing[*]}" >&2
            return 1
        fi
        as_root=(sudo)
    fi
    echo "Installing: ${missing[*]}"
    mkdir -p build
    if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 \
        bash -c "$(declare -f install_packages); install_packages \"\$@\"" - "${missing[@]}" \
        >build/apt.log 2>&1; then
        cat build/apt.log
        return 1
    fi
}

# As root. Without more ado Debian's PostgreSQL would make and start a cluster of the system's; we bring
# our own (scripts/services), so on a system that never had any, that is prevented.
install_packages() {
    local apt=(apt-get -o DPkg::Lock::Timeout=300)
    local settings=/etc/postgresql-common/createcluster.conf ours=
    if [[ " $* " == *" postgresql-15 "* && ! -e $settings ]]; then
        mkdir -p "${settings%/*}"
        echo "create_main_cluster = false" >"$settings"
        ours=yes
    fi
    # Nothing that is installed may go: a conflict is for its owner to solve.
    "${apt[@]}" -q update && "${apt[@]}" -q -y --no-install-recommends --no-remove install "$@"
    local result=$?
    if [ -n "$ours" ]; then
        # From here on the package's own settings hold, as if we had never been there.
        if ! cp /usr/share/postgresql-common/createcluster.conf "$settings" 2>/dev/null; then
            rm -f "$settings"
        fi
        rm -f "$settings.ucf-dist"
    fi
    return $result
}
