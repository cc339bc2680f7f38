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

bool register_dialect(const Dialect& dialect) {
    Registry& known = registry();
    const std::lock_guard lock(known.mutex);
    known.dialects.insert_or_assign(std::string(dialect.name()), &dialect);
    return true;
}

const Dialect& find_dialect(std::string_view name) {
    Registry& known = registry();
    const std::lock_guard lock(known.mutex);
    const auto found = known.dialects.find(name);
    if (found != known.dialects.end()) return *found->second;
    std::string names;
    for (const auto& [other, dialect] : known.dialects)
        names += (names.empty() ? "" : ", ") + other;
    throw NoSuchModuleError("the dialect '" + std::string(name) +
                            "' is not known in this program: #include <azoth/" + std::string(name) +
                            ".hpp> in one of its files and link azoth::" + std::string(name) +
                            " (known: " + (names.empty() ? "none" : names) + ")");
}

}  // namespace azoth::inline v0
