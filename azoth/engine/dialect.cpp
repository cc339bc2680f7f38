// SPDX-License-Identifier: MIT
#include <azoth/engine/dialect.hpp>

#include <map>
#include <mutex>

namespace azoth::inline v0 {
namespace {

struct Registry {
    std::mutex mutex;
    std::map<std::string, const Dialect*, std::less<>> dialects;
};

Registry& registry() {
    static Registry the_registry;
    return the_registry;
}

}  // namespace

Dialect::~Dialect() = default;
bool Dialect::has_cheap_cursors() const noexcept {
    return false;
}

bool register_dialect(const Dialect& dialect) {
    Registry& known = registry();
    const std::lock_guard lock(known.mutex);
    known.dialects.insert_or_assign(std::string(dialect.name()), &dialect);
    return true;
}

namespace {

/// The component that has the dialect; empty for none.
std::string_view component_of(std::string_view dialect) {
    for (const std::string_view own : {"sqlite", "postgresql", "mariadb", "mssql", "oracle"})
        if (dialect == own) return own;
    if (dialect == "mysql") return "mariadb";
    if (dialect == "postgres") return "postgresql";
    return {};
}

}  // namespace

const Dialect& find_dialect(std::string_view name) {
    Registry& known = registry();
    const std::lock_guard lock(known.mutex);
    const auto found = known.dialects.find(name);
    if (found != known.dialects.end()) return *found->second;
    std::string names;
    for (const auto& [other, dialect] : known.dialects)
        names += (names.empty() ? "" : ", ") + other;
    const std::string component(component_of(name));
    throw NoSuchModuleError(
        "the dialect '" + std::string(name) + "' is not known in this program: " +
        (component.empty() ? "Azoth has sqlite, postgresql, mariadb, mssql and oracle"
                           : "#include <azoth/" + component +
                                 ".hpp> in one of its files and link azoth::" + component) +
        " (known here: " + (names.empty() ? "none" : names) + ")");
}

}  // namespace azoth::inline v0
