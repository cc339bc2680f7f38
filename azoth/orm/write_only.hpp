// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/dml.hpp>
#include <azoth/orm/relationships.hpp>
#include <azoth/orm/select.hpp>

#include <utility>

namespace azoth::inline v0 {

/// A member that leads to any number of objects of class T, too many to be loaded as a whole: it is
/// added to and taken from, and asked by statements. Belongs to the thread that uses its object.
/// T may be incomplete in the header.
///
/// What was added or removed is kept until the next flush alone. Nothing ever loads it: that eager
/// options for it are refused is not a limit but its purpose. SQLAlchemy: `WriteOnlyMapped`,
/// `WriteOnlyCollection`.
template <class T>
class WriteOnly : public orm::Adding<T> {
  public:
    WriteOnly() noexcept = default;
    /// Objects that exist.
    WriteOnly(std::initializer_list<Ptr<T>> items) : orm::Adding<T>(items) {}
    /// New objects, made when the struct is added to a session.
    template <class U>
        requires std::is_same_v<U, T>
    WriteOnly(std::initializer_list<U> values) : orm::Adding<T>(values) {}
    WriteOnly(const WriteOnly&) = default;
    WriteOnly(WriteOnly&&) noexcept = default;
    /// Nothing changes: what it leads to is not known, so it can't be replaced.
    WriteOnly& operator=(const WriteOnly&) noexcept { return *this; }
    WriteOnly& operator=(WriteOnly&&) noexcept { return *this; }
    ~WriteOnly() = default;

    /// Adds each of a range of handles or values.
    template <class Range>
    void add_all(Range&& items) {
        for (auto&& item : items) this->add(std::forward<decltype(item)>(item));
    }
    /// Takes an object out, which the program says is in it.
    void remove(const Ptr<T>& item) {
        if (item) this->remove_unseen(*PtrAccess::slot(item));
    }

    /// The SELECT of its objects, in the order that the mapping says, to be narrowed further:
    /// `session.scalars(user->events.select().where(col<&Event::day> > day).limit(10))`. Throws
    /// InvalidRequestError where the object has no key yet.
    [[nodiscard]] Select<Ptr<T>> select() const {
        return ordered_by_mapping(azoth::select<T>().where(belongs_here()));
    }
    /// The INSERT of rows that belong here, the foreign key already given:
    /// `session.execute(user->events.insert(), events)`; of one row by its assignments:
    /// `session.execute(user->events.insert(col<&Event::day> = day))`. Throws as select(), and
    /// where the relationship is viewonly or leads through a table between. SQLAlchemy:
    /// `WriteOnlyCollection.insert`.
    template <class... As>
    [[nodiscard]] Insert<> insert(As&&... assignments) const {
        static_assert((std::is_same_v<std::remove_cvref_t<As>, Assignment> && ...),
                      "insert() takes assignments: col<&Event::day> = day");
        return this->insert_here({static_cast<As&&>(assignments).operand()...});
    }
    /// The UPDATE of the rows of its objects: `session.execute(user->events.update().values(
    /// col<&Event::seen> = true))`. Throws as select(). SQLAlchemy: `WriteOnlyCollection.update`.
    [[nodiscard]] Update<> update() const { return azoth::update<T>().where(belongs_here()); }
    /// The DELETE of the rows of its objects, to be narrowed further. Throws as select(). Through a
    /// table between, its pairs are left to ON DELETE. SQLAlchemy: `WriteOnlyCollection.delete`.
    [[nodiscard]] Delete<> delete_() const { return azoth::delete_<T>().where(belongs_here()); }
    /// The condition that a T is in it, for other statements. Throws as select().
    [[nodiscard]] Expr<bool> belongs_here() const { return Expr<bool>(this->led_to_condition()); }

  private:
    [[nodiscard]] Select<Ptr<T>> ordered_by_mapping(Select<Ptr<T>> statement) const {
        for (const sql::Expression& ordering : this->mapped_order())
            statement = std::move(statement).order_by(Ordering(ordering));
        return statement;
    }
};

}  // namespace azoth::inline v0
