// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/capabilities.hpp>
#include <azoth/sql/compiled.hpp>
#include <azoth/sql/composed.hpp>
#include <azoth/sql/expression.hpp>
#include <azoth/sql/from_linter.hpp>
#include <azoth/sql/lowering.hpp>
#include <azoth/sql/schema_places.hpp>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace azoth::inline v0::sql {

/// What a statement is compiled for.
enum class CompileMode : std::uint8_t {
    single,  ///< to run once
    many,    ///< an INSERT, to run for a range of rows
    single_with_open_schemas,
    many_with_open_schemas,
};
[[nodiscard]] constexpr CompileMode with_open_schemas(CompileMode mode) noexcept {
    return static_cast<CompileMode>(static_cast<std::uint8_t>(mode) | 2);
}
[[nodiscard]] constexpr Schemas schemas_of(CompileMode mode) noexcept {
    return mode == with_open_schemas(mode) ? Schemas::open : Schemas::named;
}
[[nodiscard]] constexpr bool is_many(CompileMode mode) noexcept {
    return with_open_schemas(mode) == CompileMode::many_with_open_schemas;
}

/// Turns one statement into SQL text for one dialect; made anew for each statement, used by one
/// thread.
///
/// The base class writes standard SQL; a dialect derives from it and overrides what its database
/// says differently. SQLAlchemy: `SQLCompiler`.
class AZOTH_EXPORT Compiler {
  public:
    explicit Compiler(const Capabilities& capabilities);
    Compiler(const Compiler&) = delete;
    Compiler& operator=(const Compiler&) = delete;
    virtual ~Compiler();

    /// Throws CompileError and its subclasses, naming the construct.
    [[nodiscard]] Ref<const Compiled> compile(const StatementNode& statement, CompileMode mode);
    /// As above, for a statement that a layer above has lowered; its plan is kept.
    [[nodiscard]] Ref<const Compiled> compile(const Lowered& lowered, CompileMode mode);
    /// From now on compile() collects warnings of statements that combine all rows of several FROM
    /// elements. SQLAlchemy: `enable_from_linting`.
    void look_for_cartesian_products() noexcept { lints_ = true; }
    [[nodiscard]] const std::vector<std::string>& warnings() const noexcept { return warnings_; }
    /// Of what inline_expression() and literal() write.
    void set_schemas(Schemas schemas) noexcept { schemas_ = schemas; }
    /// One expression as text, its values as literals. \param qualify write table."column"
    [[nodiscard]] std::string inline_expression(const Expression& expression, bool qualify);
    /// The same for a condition.
    [[nodiscard]] std::string inline_condition(const Expression& condition, bool qualify);
    /// A value as a literal. Throws DataError for what has no literal form.
    [[nodiscard]] virtual std::string literal(const ValueView& value, const Type& type) const;

  protected:
    /// literal() of this dialect, for values that are written into the text at execution; null
    /// where they can't be.
    [[nodiscard]] virtual LiteralFunction literal_function() const { return nullptr; }
    // --- what dialects override ---------------------------------------------------------------
    virtual void visit_binary(const BinaryNode& node);
    virtual void visit_unary(const UnaryNode& node);
    virtual void visit_true_division(const BinaryNode& node);
    /// What BETWEEN and IN look for; a dialect may add a collation.
    virtual void visit_compared(const Node& operand);
    virtual void visit_cast(const CastNode& node);
    virtual void visit_function(const FunctionNode& node);
    virtual void visit_argument(const Node& argument);
    /// The subquery that IN looks into.
    virtual void visit_choices(const SubqueryElementNode& choices);
    /// The type's name in CAST.
    [[nodiscard]] virtual std::string cast_type(const Type& type) const;
    /// Whether a program's hint for this dialect means this database.
    [[nodiscard]] virtual bool is_called(std::string_view dialect) const {
        return dialect == capabilities_.dialect;
    }
    /// What follows a placeholder, e.g. a cast.
    [[nodiscard]] virtual std::string placeholder_suffix(const Type& type) const;
    virtual void visit_ordering(const OrderingNode& node);
    /// Everything that is made of other nodes and a few words; a dialect takes the forms that it
    /// writes differently.
    virtual void visit_composed(const ComposedNode& node);
    /// A field of a date or time as an integer. \param field an identifier in small letters
    virtual void visit_extract(const Node& operand, const std::string& field);
    virtual void visit_window(const WindowNode& node);
    /// What rows are ordered by that are all equal, where windows want an order; else empty.
    [[nodiscard]] virtual std::string_view no_order() const { return {}; }
    /// The type that the argument of an aggregate is cast to first; empty for its own.
    [[nodiscard]] virtual std::string_view widened(const FunctionNode&) const { return {}; }
    /// What GROUP BY says of rollup(a, b) as its only key.
    virtual void visit_grouping(const FunctionNode& node);
    /// A FROM object of rows of values, with its name.
    virtual void visit_values(const ComposedFromNode& values);
    /// A function in FROM, with its name.
    virtual void visit_table_function(const ComposedFromNode& from);
    [[nodiscard]] static bool is_integer(const NodeRef& element);
    virtual void limit_clause(const StatementNode& statement);
    /// OFFSET … ROWS FETCH FIRST … ROWS.
    void fetch_clause(const StatementNode& statement);
    /// Whether an ORDER BY is written: not where the database has none and it decides nothing.
    [[nodiscard]] virtual bool keeps_order(const StatementNode&) const { return true; }
    /// " UNION ALL ".
    [[nodiscard]] virtual std::string_view compound_operator(CompoundOp op) const;
    /// A member of a compound that is one itself, or has ORDER BY, LIMIT or OFFSET.
    virtual void visit_compound_member(const StatementNode& member);
    /// What stands behind each FROM object; the place for hints.
    virtual void from_suffix(const FromNode&) {}
    /// " FOR UPDATE", or what the database calls such a lock.
    [[nodiscard]] virtual std::string_view lock_strength(const RowLock& lock) const;
    /// Whether a lock can be of some FROM objects only.
    [[nodiscard]] virtual bool has_lock_of() const { return true; }
    /// One of them. \param name what the statement calls it
    virtual void lock_target(const FromNode& from, std::string_view name);
    /// What follows the values of an INSERT: ON CONFLICT and RETURNING.
    virtual void insert_tail(const StatementNode& statement);
    /// What an INSERT does about rows whose key is there already; nothing where it should fail.
    virtual void on_conflict(const StatementNode& statement);
    /// The value that an INSERT would have given a column, in ON CONFLICT DO UPDATE.
    virtual void visit_excluded(const ColumnNode& column);
    /// Whether RETURNING knows the columns of a table in a schema as "schema"."table"."column", and
    /// not by the table alone.
    [[nodiscard]] virtual bool has_schemas_in_returning() const { return true; }
    /// What RETURNING calls the row of the target; empty: by the table's name.
    [[nodiscard]] virtual std::string_view returned_row(NodeKind) const { return {}; }
    /// RETURNING is written. \param begin where it begins \param columns how many it has
    virtual void end_returning(const SqlText::Mark& begin, std::size_t columns);
    /// What an INSERT of no values says behind the table's name.
    virtual void default_values(const TableNode& target);
    /// INSERT for a range of rows; the base writes the single-row statement.
    virtual void insert_many(const StatementNode& statement);
    /// `SELECT CAST(NULL AS type), …`, for IN over nothing. \param types more than one of tuples
    [[nodiscard]] virtual std::string empty_list(std::span<const Type> types) const;

    // --- what they call ------------------------------------------------------------------------
    void visit(const Node& node);
    /// Visits what stands where a condition is wanted.
    void visit_condition(const Node& node, int precedence = -1);
    /// Whether an element is a condition in SQL, and not a value.
    [[nodiscard]] static bool is_condition(const Node& node);
    /// Visits with parentheses where the operand binds weaker than `precedence`.
    void visit_operand(const Node& node, int precedence);
    void write(std::string_view sql) { out_.text += sql; }
    [[nodiscard]] SqlText::Mark mark() const noexcept { return out_.mark(); }
    /// Where what is written last can be put: behind SELECT [DISTINCT], the columns of an INSERT,
    /// the assignments of an UPDATE, the table of a DELETE.
    [[nodiscard]] const SqlText::Mark& head() const noexcept { return head_; }
    /// Values are counted in the order of the clauses, so a clause that stands elsewhere is moved.
    void move_end(const SqlText::Mark& begin, const SqlText::Mark& target) {
        out_.move_end(begin, target);
    }
    /// The SELECT, UPDATE or DELETE that is being written.
    [[nodiscard]] const StatementNode& current_statement() const noexcept;
    [[nodiscard]] bool is_outermost(const StatementNode& statement) const noexcept {
        return &statement == statement_;
    }
    /// A name for a FROM object that no other has.
    [[nodiscard]] std::string new_name(const std::string& stem);
    void write_name(std::string_view name);
    void write_table(const TableNode& table);
    /// Whether schemas are written or left open.
    [[nodiscard]] Schemas schemas() const noexcept { return schemas_; }
    void insert_head(const StatementNode& statement);
    /// Throws ArgumentError where no column waits for the values of rows.
    static void require_open_columns(const StatementNode& statement);
    /// `column = value, …` \param qualified the columns with their table
    void assignments(std::span<const Item> items, bool qualified = false);
    /// What a database calls something: with SQL before and behind an operand.
    struct Around {
        std::string_view name;
        std::string_view before;
        std::string_view behind;
    };
    /// \returns false for a name that is not among them
    bool visit_around(std::string_view name, const Node& operand, std::span<const Around> known);
    /// What DISTINCT stands before in an aggregate; null where it doesn't.
    [[nodiscard]] static const Node* distinct_operand(const Node& argument) noexcept;
    /// aggregate_strings() within a given order; any other aggregate is refused.
    [[nodiscard]] const FunctionNode& joined_texts(const ComposedNode& ordered) const;
    /// Rows of values as a UNION ALL of SELECTs, whose columns can be named. \param from behind
    /// each
    void visit_values_as_selects(const ComposedFromNode& values, std::string_view from);
    /// A function by the name that it has here.
    void write_function(std::string_view name, const FunctionNode& node);
    /// `a, b`
    void visit_list(std::span<const NodeRef> nodes);
    /// ` ORDER BY a, b`, or nothing; \param keyword with blanks around it
    void visit_orderings(std::string_view keyword, std::span<const NodeRef> orderings);
    /// What would be written, to be put in another place than its values are counted in.
    [[nodiscard]] SqlText written(const Node& node);
    void write(const SqlText& text) { out_.append(text); }
    /// Takes back the last character, a closing parenthesis.
    void reopen() { out_.text.pop_back(); }
    /// How many of the values of this part of the statement have been used: to come back to them.
    [[nodiscard]] std::uint32_t values_used() const { return next_ordinal_[segment_]; }
    void set_values_used(std::uint32_t count) { next_ordinal_[segment_] = count; }
    /// ` AS name` behind a FROM object.
    void write_from_name(const FromNode& from);
    /// Writes it twice, with the same values.
    void visit_twice(const Node& node, std::string_view between);
    /// DESC and NULLS FIRST.
    void ordering_direction(const OrderingNode& node);
    /// A placeholder of one of the statement's own values, with this behind it.
    void write_placeholder(const BindNode& node, std::string suffix);
    [[nodiscard]] const Capabilities& capabilities() const noexcept { return capabilities_; }
    [[nodiscard]] Compiled& result() noexcept { return *compiled_; }
    [[noreturn]] void unsupported(const std::string& what) const;

  private:
    friend class SqlWriter;
    struct Frame;
    class SegmentScope;
    enum class Wanted : std::uint8_t { value, condition, either };
    using TableNames = std::map<const FromNode*, std::string>;

    [[nodiscard]] Ref<const Compiled> compile_with_segments(const StatementNode& statement,
                                                            CompileMode mode);
    void visit_as_it_is(const Node& node);
    bool visit_converted(const Node& node, Wanted wanted);
    void visit_as_value(const Node& condition);
    void visit_statement(const StatementNode& statement);
    void visit_select(const StatementNode& statement);
    void visit_compound(const StatementNode& statement);
    void visit_insert(const StatementNode& statement);
    void visit_update(const StatementNode& statement);
    void visit_delete(const StatementNode& statement);
    void visit_column(const ColumnNode& node);
    void visit_bind(const BindNode& node);
    void visit_xor_by_and(const BinaryNode& node);
    void visit_constant(const ConstantNode& node);
    void visit_conjunction(const ConjunctionNode& node);
    void visit_case(const CaseNode& node);
    void visit_between(const BetweenNode& node);
    void visit_in(const InNode& node);
    void visit_subquery_element(const SubqueryElementNode& node);
    void visit_label(const LabelNode& node);
    void pass_over(const Node& node);
    void visit_fragment(std::string_view sql, std::span<const NodeRef> binds);
    void visit_list(const ListNode& node);
    void visit_between_symmetric(const ComposedNode& node);
    void visit_quantified(const ComposedNode& node);
    void visit_filter_by_case(const ComposedNode& node);
    void visit_frame(const WindowNode& node);
    void visit_composed_from(const ComposedFromNode& from);
    /// The program's own SQL text, where it is meant for this dialect.
    /// \returns whether anything was written
    bool visit_hint(const Node& hint, std::string_view before, std::string_view behind);
    void hints(const StatementNode& statement, Clause clause, std::string_view before,
               std::string_view behind);
    void from_hints(const StatementNode& statement, const FromNode& from);
    void with_items(const StatementNode& statement);
    void distinct_on(const StatementNode& statement);
    void group_by(const StatementNode& statement);
    void visit_scoped(const ScopedNode& node);

    void select_list(const StatementNode& statement);
    void from_clause(const StatementNode& statement, Frame& frame);
    void from_object(const Node& from);
    void cte(const CteNode& node);
    void order_by(const StatementNode& statement);
    void lock_clause(const StatementNode& statement, const Frame& frame);
    void lock_targets(const StatementNode& statement, const Frame& frame);
    void visit_group_key(const Node& key);
    void conditions(std::string_view keyword, const StatementNode& statement, Clause clause);
    void extra_froms(std::string_view keyword, const std::vector<const FromNode*>& others);
    [[nodiscard]] std::string_view alias_keyword() const noexcept {
        return capabilities_.alias_keyword ? " AS " : " ";
    }
    void froms_behind(std::string_view keyword, const StatementNode& statement,
                      const std::vector<const FromNode*>& others, OtherTables style);
    void returning(const StatementNode& statement);
    void returned_columns(const StatementNode& statement);
    void insert_rows(const StatementNode& statement);
    void plan_generated_key(const StatementNode& statement);
    void describe_result(const StatementNode& statement);
    void with_prologue();
    [[nodiscard]] std::string name_of(const FromNode& from);
    [[nodiscard]] TableNames renamed_tables(const FromPlan& plan,
                                            const std::vector<const FromNode*>& enclosing);
    void note_mention(const FromNode& from);
    /// \param kind "SELECT", for the warning
    void check_connections(std::string_view kind, const Frame& frame);
    [[nodiscard]] std::string shown_name(const FromNode& from);
    [[nodiscard]] bool is_selected_label(const LabelNode& label) const;

    const Capabilities& capabilities_;
    bool many_ = false;
    Schemas schemas_ = Schemas::named;
    SqlText out_;
    SqlText::Mark head_;
    Wanted wanted_ = Wanted::value;  // of the element that is visited next
    Compiled* compiled_ = nullptr;
    Ref<Compiled> compiled_ref_;
    bool qualify_ = true;                         // write columns with their table
    const Values* inline_values_ = nullptr;       // literal mode
    std::uint32_t segment_ = 0;                   // the value list being counted
    std::vector<std::uint32_t> next_ordinal_{0};  // for each segment
    Segments segments_;
    std::vector<Frame*> frames_;
    const StatementNode* statement_ = nullptr;  // the outermost one
    std::map<const FromNode*, std::string> anonymous_names_;
    TableNames renamed_tables_;  // which another table of their name is in reach of
    std::size_t last_anonymous_ = 0;
    std::set<std::string, std::less<>> given_names_;  // by the program, to FROM objects
    std::map<const CteNode*, std::string> cte_names_;
    std::vector<SqlText> ctes_;
    bool recursive_ = false;
    bool lints_ = false;
    Correlations correlations_;  // while it lints
    std::vector<std::string> warnings_;
};

/// A LiteralFunction of the dialect whose compiler this is.
template <class DialectCompiler>
[[nodiscard]] std::string literal_by(const ValueView& value, const Type& type, Schemas schemas) {
    DialectCompiler compiler;
    compiler.set_schemas(schemas);
    return compiler.literal(value, type);
}

}  // namespace azoth::inline v0::sql
