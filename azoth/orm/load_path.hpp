// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/counted.hpp>
#include <azoth/orm/loader_nodes.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/sql/statement.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace azoth::inline v0::orm {

class RelatedCache;

/// A condition of a loader option on objects of some class, or an expression about them. Its values
/// are those of the statement that runs, found by their number among its value lists.
struct Criterion {
    Ref<const sql::ScopedNode> condition;  ///< as the program wrote it, of the class itself
    std::uint32_t segment = 0;
};

/// How objects that stand at one place of a statement are loaded, and what they lead to: what the
/// mapping and the statement's options say together. Immutable; safe from any thread; owned by the
/// LoadPaths of its statement, in which paths may lead to each other in circles.
struct LoadPath {
    /// A relationship that is not simply loaded when the program looks at it.
    struct Branch {
        const Relationship* relationship = nullptr;
        Loading loading = Loading::select;
        bool innerjoin = false;
        std::uint32_t chunksize = 500;
        Ref<const sql::FromNode> alias{};  ///< contained: what the program joined; may be null
        const LoadPath* target = nullptr;  ///< of the objects that it leads to
        std::vector<Criterion> criteria{};
        /// The statements for several owners; null where its criteria have values for each run.
        std::shared_ptr<RelatedCache> batches{};
    };

    /// A member without a column, and what fills it.
    struct Filled {
        const QueryExpression* member = nullptr;
        Criterion expression{};  ///< of an option; null: the mapping's
        std::string label{};     ///< that the program gave it
    };

    const Mapper* mapper = nullptr;
    std::vector<Branch> branches;
    std::vector<Filled> filled;
    std::vector<const Attribute*> attributes;  ///< that are loaded with an object
    std::vector<const Attribute*> refused;     ///< deferred, and not loaded when looked at either

    /// Null where nothing but the default is done.
    [[nodiscard]] const Branch* branch(const Relationship& relationship) const noexcept;
    /// Leads no further than what holds without any path.
    [[nodiscard]] bool is_plain() const noexcept;
    /// The statement that loads its objects has values of the options'.
    [[nodiscard]] bool has_values() const noexcept;
};

/// Has rows of more than one object to bring, or statements to follow.
[[nodiscard]] inline bool is_eager(Loading loading) noexcept {
    return loading != Loading::select && loading != Loading::raise &&
           loading != Loading::raise_on_sql && loading != Loading::none;
}

/// The paths of one statement. Immutable; safe from any thread.
struct LoadPaths final : Counted {
    std::vector<std::unique_ptr<const LoadPath>> all;
    bool has_criteria = false;  ///< or expressions, whose values come with each run
};

/// Finds the paths of a statement's objects. Used by one thread, for one statement.
class PathFinder {
  public:
    PathFinder() : paths_(make_ref<LoadPaths>()) {}
    /// \param statement whose options count
    explicit PathFinder(const sql::StatementNode& statement);

    /// Where the paths live.
    [[nodiscard]] Ref<const LoadPaths> paths() const { return paths_; }

    /// The path of an entity of the statement.
    /// \param entity null: of the class itself
    [[nodiscard]] const LoadPath& find(const Mapper& mapper, const EntityNode* entity);
    /// The path of what a relationship leads to where nothing is said: as the mapping of the target
    /// has it, but not back to where it comes from.
    [[nodiscard]] const LoadPath& find_target(const Relationship& relationship);
    /// The path that nothing is said of.
    [[nodiscard]] const LoadPath& plain(const Mapper& mapper);
    /// For which objects of a class a condition is asked for.
    enum class Asked : std::uint8_t { here, here_by_alias, later };
    /// The conditions on objects of a class that the statement has.
    [[nodiscard]] std::vector<Criterion> criteria_of(const Mapper& mapper, Asked asked) const;
    [[nodiscard]] bool has_criteria() const noexcept { return !criteria_.empty(); }
    /// Throws ArgumentError for an option for something that the statement doesn't select.
    void check_all_used() const;

  private:
    struct Open {
        const LoaderOptionNode::Chain* chain;
        std::size_t next;
    };
    struct Wanted;

    [[nodiscard]] const LoadPath& path(const Mapper& mapper, const std::vector<Open>& open);
    [[nodiscard]] LoadPath& begun();
    void fill(LoadPath& path, const Mapper& mapper, const std::vector<Open>& open);
    [[nodiscard]] const LoadPath& target_path(const LoadPath& path, LoadPath::Branch& branch,
                                              Wanted& wanted);
    void repeat(const LoaderOptionNode::Step& step, std::vector<Open>& further);
    void apply(const Mapper& mapper, const Open& option, Wanted& wanted) const;
    static void load_group(const Mapper& mapper, const std::string& group, Wanted& wanted);
    void apply_columns(const Mapper& mapper, const ColumnStep& step, Wanted& wanted) const;
    void add_branch(LoadPath& path, const Relationship& relationship, Wanted& wanted);
    void add_filled(LoadPath& path, const Wanted& wanted);
    [[nodiscard]] Loading loading_of(const Relationship& relationship, const Wanted& wanted) const;
    [[nodiscard]] bool would_circle(const Relationship& relationship) const;
    [[nodiscard]] Criterion criterion(const Ref<const sql::ScopedNode>& condition) const;

    Ref<LoadPaths> paths_;
    std::vector<const LoaderOptionNode*> options_;
    std::vector<const CriteriaNode*> criteria_;
    std::vector<const sql::Node*> owners_;  // of values, as they are numbered
    std::vector<bool> used_;
    Loading everywhere_ = Loading::as_mapped;
    bool windowed_ = false;  // the statement's rows are read in windows
    std::vector<const Mapper*> ancestors_;
    std::map<const Relationship*, const LoadPath*> lazy_targets_;
    std::vector<std::unique_ptr<LoaderOptionNode::Chain>> repeated_;
};

}  // namespace azoth::inline v0::orm
