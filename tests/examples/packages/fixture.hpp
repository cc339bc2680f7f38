// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace packages::test {

/// Twelve packages whose answers can be worked out on paper. In pairs and rings they need each
/// other, "nowhere" and "nowhere-else" do not exist, "virtual-x" is provided by two packages.
inline constexpr std::string_view fixture = R"(Package: base
Version: 1.0
Architecture: amd64
Maintainer: Ann <ann@x.org>
Section: libs
Priority: required
Essential: yes
Installed-Size: 100
Tag: role::shared-lib
Description: the base of all — "quoted", 'twice'; -- 100%

Package: liba
Version: 2.0
Architecture: amd64
Maintainer: Bob <bob@x.org>
Section: libs
Multi-Arch: same
Installed-Size: 200
Depends: base (>= 1.0)
Tag: role::shared-lib
Description: library a

Package: app
Version: 3:1.0~rc1-1
Architecture: all
Maintainer: Ann A. <ANN@x.org>
Section: editors
Installed-Size: 300
Homepage: https://example.org/app?a=1&b=%20
Source: app-src (3:1.0~rc1)
Depends: liba, mail-agent | base, virtual-x
Pre-Depends: base:any (>= 0.9)
Recommends: missing-but-not-needed
Tag: role::program, use::editing
Description: an application

Package: postman
Version: 1
Architecture: all
Maintainer: Bob <bob@x.org>
Installed-Size: 40
Provides: virtual-x (= 1), mail-agent2
Depends: ring1
Description: the first provider

Package: zpostman
Version: 1
Architecture: all
Maintainer: Bob <bob@x.org>
Installed-Size: 10
Provides: virtual-x
Description: the second provider

Package: ring1
Version: 1
Architecture: all
Maintainer: cy
Installed-Size: 5
Depends: ring2
Description: one of three

Package: ring2
Version: 1
Architecture: all
Maintainer: cy
Installed-Size: 6
Depends: ring3
Description: two of three

Package: ring3
Version: 1
Architecture: all
Maintainer: cy
Installed-Size: 7
Depends: ring1 [amd64] <!nocheck>
Description: three of three

Package: pair1
Version: 1
Architecture: all
Maintainer: Dee <dee@x.org>
Depends: pair2
Description: one of two

Package: pair2
Version: 1
Architecture: all
Maintainer: Dee <dee@x.org>
Installed-Size: 20
Depends: pair1 | base
Description: two of two

Package: broken
Version: 1
Architecture: all
Maintainer: Dee <dee@x.org>
Installed-Size: 1
Depends: nowhere | nowhere-else, base
Description: cannot be installed

Package: needy
Version: 1
Architecture: all
Maintainer: Dee <dee@x.org>
Installed-Size: 2
Depends: nowhere (>= 1)
Description: neither can this

)";

/// What dpkg knows: "base" is installed, "gone" was once.
inline constexpr std::string_view fixture_status = R"(Package: base
Status: install ok installed
Version: 1.0
Architecture: amd64
Maintainer: Ann <ann@x.org>
Description: the base of all — "quoted", 'twice'; -- 100%

Package: gone
Status: deinstall ok config-files
Version: 1
Architecture: amd64
)";

/// `text` with the first `from` replaced by `to`; throws if it isn't there.
inline std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
    std::string result(text);
    result.replace(result.find(from), from.size(), to);
    return result;
}

/// The fixture without one package.
inline std::string without(std::string_view text, std::string_view name) {
    const std::size_t begin = text.find("Package: " + std::string(name) + '\n');
    const std::size_t end = text.find("\n\n", begin) + 2;
    return std::string(text.substr(0, begin)).append(text.substr(end));
}

}  // namespace packages::test
