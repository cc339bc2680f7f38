// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/session_core.hpp>

#include <span>
#include <vector>

namespace azoth::inline v0::orm {

/// Puts into a session's objects what statements that the program wrote have done to their rows
/// (design rules R12 and R14). One thread, one statement that has succeeded.
class RowEffects {
  public:
    /// What a column holds now. A plain value.
    struct Written {
        const Attribute* attribute;
        Value value{};
        bool known = true;  ///< else only the database knows
    };

    RowEffects(SessionCore& session, const Mapper& mapper) : session_(session), mapper_(mapper) {}

    /// Columns of an object's row were written. A member that the program has changed and not
    /// flushed keeps the change; an object with a plain member whose value is not known is read
    /// again when it is next looked at.
    void update(Slot& slot, std::span<const Written> written);
    /// Columns of an object's row were written, and its members are about to tell, or tell now:
    /// what its foreign keys among them led to, and lead to, is loaded again when it is looked at.
    void move_links(Slot& slot, std::span<const Written> written);
    /// The object's row is gone.
    void remove(Slot& slot);
    /// Every object of the class is read again: nobody knows what became of their rows.
    void expire_all();

  private:
    /// \returns false where the member can't hold the value
    [[nodiscard]] bool write(Slot& slot, const Attribute& attribute, const ValueView& value);
    /// \returns false where the member was reset, and is loaded by itself when it is looked at
    [[nodiscard]] bool lose(Slot& slot, const Attribute& attribute);
    void forget_owners(Slot& slot, std::span<const Written> written);

    SessionCore& session_;
    const Mapper& mapper_;
};

}  // namespace azoth::inline v0::orm
