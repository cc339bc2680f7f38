// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace model_based {

/// What a program does with a session. Which objects it does it with is chosen when the step is
/// run, by its numbers, among those with which it makes sense: so a step means something whatever
/// went before, and a sequence can be made shorter.
enum class Op {
    make,         ///< a transient object
    make_linked,  ///< the same, with a relationship in its struct, added at once
    add,          ///< transient: to the session; doomed: delete_() is taken back
    set_one,      ///< by the side that leads to one
    clear_one,
    add_to,  ///< by the side that leads to many
    remove_from,
    assign_many,
    add_other,  ///< many to many, from either side
    remove_other,
    write_name,
    write_by_reference,  ///< and flush
    assign_value,        ///< *p = T{…}
    change_key,
    delete_,
    look,  ///< at columns, by a reading or a writing handle
    look_at_one,
    look_at_many,
    get,
    query,
    merge,
    expire,
    refresh,
    expire_all,
    expunge,
    drop_handle,
    misuse,        ///< of detached objects
    update_names,  ///< rows by criteria, as the next two
    move_fans,
    delete_fans,
    flush,
    commit,
    rollback,
    begin_nested,
    release,
    rollback_nested,
    reopen,
};
inline constexpr int op_count = static_cast<int>(Op::reopen) + 1;

struct Step {
    Op op{};
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::uint32_t c = 0;
};
using Steps = std::vector<Step>;

[[nodiscard]] const char* name_of(Op op);
/// Always the same for a seed.
[[nodiscard]] Steps generate(std::uint64_t seed, std::size_t count);

/// What went wrong; empty for nothing.
using Run = std::function<std::string(const Steps&)>;
/// Leaves out whatever the failure doesn't need, in at most `runs` runs.
[[nodiscard]] Steps shrink(Steps failing, const Run& run, int runs);

}  // namespace model_based
