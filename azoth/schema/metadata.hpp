// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace azoth::inline v0 {

class Table;

namespace schema {
class Registry;
class Target;
struct TableAccess;

/// A function of a Target, borrowed for one call: `[&](schema::Target& target) { … }`. A
/// std::function would cost users' files more to compile.
class Work {
  public:
    template <class F>
        requires std::is_invocable_v<const F&, Target&>
    Work(const F& function) noexcept  // NOLINT: an argument
        : call_(
              [](const void* called, Target& target) { (*static_cast<const F*>(called))(target); }),
          function_(&function) {}
    void operator()(Target& target) const { call_(function_, target); }

  private:
    void (*call_)(const void* function, Target& target);
    const void* function_;
};

/// Whatever can run DDL: an Engine or a Connection. Its `run_ddl` calls the function with a Target,
/// inside one transaction where the database's DDL takes part in transactions.
template <class B>
concept Bind = requires(B& bind, const Work& work) { bind.run_ddl(work); };

template <class B>
consteval void require_bind() {
    static_assert(Bind<B>, "create and drop take an Engine or a Connection");
}
}  // namespace schema

/// How constraints and indexes without a name of their own are called. A plain value.
///
/// Each is a pattern with SQLAlchemy's tokens, `%(table_name)s` and so on:
/// `table_name`, `column_0_name`, `column_0N_name` (all names, run together), `column_0_N_name`
/// (all names, joined by underscores), the same three with `_label` (each with its table's name in
/// front) or `_key` in place of `_name`, `referred_table_name`, `referred_column_0_name` (and its
/// `0N`, `0_N` forms), and `constraint_name`: the name that the program gave, so that
/// `"ck_%(table_name)s_%(constraint_name)s"` is a prefix to given names. `%%` is a percent sign.
/// An empty pattern leaves the naming to the database; indexes always need one.
struct NamingConvention {
    std::string ix = "ix_%(column_0_label)s";
    std::string uq{};
    std::string ck{};
    std::string fk{};
    std::string pk{};
};

/// What holds for all tables of a MetaData. A plain value.
struct MetaDataOptions {
    std::string schema{};  ///< of tables that name none; empty: the connection's default
    NamingConvention naming_convention{};
};

/// A collection of tables that belong together. A handle: copies stand for the same collection.
/// Defining, looking up and removing tables is safe in any thread; one table is defined by one
/// thread at a time, and finished before others use it. SQLAlchemy: `MetaData`.
///
/// A Table keeps its MetaData alive. A statement that outlives both still runs, but can't infer the
/// ON clause of a join any more.
class AZOTH_EXPORT MetaData {
  public:
    MetaData();
    /// Throws ArgumentError for a naming convention with an unknown token.
    explicit MetaData(MetaDataOptions options);
    MetaData(const MetaData& other);
    MetaData& operator=(const MetaData& other);
    ~MetaData();

    /// The schema of tables that name none.
    [[nodiscard]] const std::string& schema() const noexcept;
    [[nodiscard]] const NamingConvention& naming_convention() const noexcept;

    /// All tables, ordered by schema and name.
    [[nodiscard]] std::vector<Table> tables() const;
    /// All tables, each behind those that its foreign keys refer to; among equals by schema and
    /// name. Throws CircularDependencyError, naming the tables, where they depend on each other in
    /// a circle; a foreign key with `use_alter` counts for nothing.
    [[nodiscard]] std::vector<Table> sorted_tables() const;
    /// \param schema nothing: this MetaData's own
    [[nodiscard]] bool contains(std::string_view name,
                                const std::optional<std::string>& schema = {}) const;
    /// A table by name. Throws NoSuchTableError that lists the tables there are.
    [[nodiscard]] Table table(std::string_view name,
                              const std::optional<std::string>& schema = {}) const;
    /// Forgets a table; the database is not touched. Statements that use it stay valid.
    /// Throws InvalidRequestError where the table is not of this MetaData (any more).
    void remove(const Table& table);
    /// Forgets all tables.
    void clear();

    /// Creates what does not exist yet: types, tables, indexes, comments, in order of dependency.
    /// Tells of `before_create` and `after_create`, of this MetaData and of each table.
    /// \param bind an Engine or a Connection
    /// \param checkfirst false: create everything, and fail where something exists already
    template <class B>
    void create_all(B&& bind, bool checkfirst = true) const {
        run(bind, [&](schema::Target& target) { create_in(target, nullptr, checkfirst); });
    }
    /// Only these tables.
    template <class B>
    void create_all(B&& bind, const std::vector<Table>& tables, bool checkfirst = true) const {
        run(bind, [&](schema::Target& target) { create_in(target, &tables, checkfirst); });
    }
    /// Drops all tables that exist, those that refer to others first, and the types they used.
    /// Tells of `before_drop` and `after_drop`, of this MetaData and of each table.
    /// \param bind an Engine or a Connection
    /// \param checkfirst false: drop everything, and fail where something doesn't exist
    template <class B>
    void drop_all(B&& bind, bool checkfirst = true) const {
        run(bind, [&](schema::Target& target) { drop_in(target, nullptr, checkfirst); });
    }
    /// Only these tables.
    template <class B>
    void drop_all(B&& bind, const std::vector<Table>& tables, bool checkfirst = true) const {
        run(bind, [&](schema::Target& target) { drop_in(target, &tables, checkfirst); });
    }
    /// What create_all does, for who has a Target. \param tables null: all
    void create_in(schema::Target& target, const std::vector<Table>* tables, bool checkfirst) const;
    /// What drop_all does, for who has a Target. \param tables null: all
    void drop_in(schema::Target& target, const std::vector<Table>* tables, bool checkfirst) const;

    /// The same collection?
    [[nodiscard]] bool operator==(const MetaData& other) const noexcept = default;

  private:
    friend class Table;
    friend struct schema::TableAccess;
    explicit MetaData(std::shared_ptr<schema::Registry> registry);
    template <class B>
    static void run(B& bind, const schema::Work& work) {
        schema::require_bind<B>();
        if constexpr (schema::Bind<B>) bind.run_ddl(work);
    }

    std::shared_ptr<schema::Registry> registry_;
};

}  // namespace azoth::inline v0
