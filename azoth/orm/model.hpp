// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/counted.hpp>
#include <azoth/orm/class_entry.hpp>
#include <azoth/orm/mapped_table.hpp>
#include <azoth/orm/mapping.hpp>
#include <azoth/orm/ptr.hpp>
#include <azoth/schema/metadata.hpp>
#include <azoth/sql/lowering.hpp>

#include <cstdint>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace azoth::inline v0 {

namespace sql {
class Lowering;
}
namespace orm {
class ModelState;
}

/// Mapped classes that belong together, with their tables. A counted handle to an immutable
/// description; safe from any thread. SQLAlchemy: `registry`.
///
/// Made by model<…>(). A program may have several models of the same classes. Sessions, their
/// objects and handles to these keep the description alive.
class AZOTH_EXPORT Model {
  public:
    explicit Model(Ref<orm::ModelState> state) noexcept;
    Model(const Model& other) noexcept;
    Model(Model&& other) noexcept;
    Model& operator=(const Model& other) noexcept;
    Model& operator=(Model&& other) noexcept;
    ~Model();

    [[nodiscard]] const std::string& name() const noexcept;
    /// The tables of the classes and those between them.
    [[nodiscard]] MetaData metadata() const;

    /// Creates all tables that don't exist yet; see MetaData::create_all.
    /// \param bind an Engine or a Connection
    template <class B>
    void create_all(B&& bind, bool checkfirst = true) const {
        metadata().create_all(bind, checkfirst);
    }
    /// Drops all tables that exist; see MetaData::drop_all.
    /// \param bind an Engine or a Connection
    template <class B>
    void drop_all(B&& bind, bool checkfirst = true) const {
        metadata().drop_all(bind, checkfirst);
    }

    /// An object of the value, of no session yet; what its relationships hold becomes objects too.
    /// It lives as long as handles do, and enters a session by Session::add, or by being linked to
    /// an object of one. Throws ArgumentError where the class is not of this model.
    template <class U>
    [[nodiscard]] Ptr<std::remove_cvref_t<U>> make(U&& value) const {
        using T = std::remove_cvref_t<U>;
        static_assert(std::is_class_v<T>, "make() takes a value of a mapped class");
        T moved(std::forward<U>(value));
        return PtrAccess::adopt<T>(make_object(orm::class_id<T>(), type_name<T>(), &moved));
    }

    /// The table of a class, with its columns by member: for the Core. Throws ArgumentError where
    /// the class is not of this model.
    template <class T>
    [[nodiscard]] MappedTable<T> entity() const {
        return MappedTable<T>(*state_);
    }
    /// Makes a connection know the model's classes: `engine.connect(shop)`.
    operator Ref<const sql::Lowering>() const noexcept;  // NOLINT(google-explicit-constructor)

    /// The same model?
    [[nodiscard]] friend bool operator==(const Model& a, const Model& b) noexcept {
        return a.state_ == b.state_;
    }
    /// The description behind the handle; for the library.
    [[nodiscard]] orm::ModelState& state() const noexcept { return *state_; }

  private:
    /// Moves `value` into a slot. \returns the object; a handle is counted for the caller
    [[nodiscard]] void* make_object(orm::ClassId id, std::string_view class_name,
                                    void* value) const;

    Ref<orm::ModelState> state_;
};

namespace orm {

/// \param options null: the default ones
[[nodiscard]] AZOTH_EXPORT Model make_model(std::string_view name, const MetaDataOptions* options,
                                            std::span<const ClassEntry> classes);

namespace detail {

/// The functions of ClassOps.
template <class T>
struct ClassFunctions {
    // Cold, so that they stay small in every user's file. Called by pointer only: a direct call of
    // a cold function makes cold what it stands in, and the loops that follow.
    [[gnu::cold]] static void construct(void* object) {
        if constexpr (std::is_default_constructible_v<T>) new (object) T();
    }
    [[gnu::cold]] static void move(void* object, void* from) {
        if constexpr (std::is_move_constructible_v<T>)
            new (object) T(static_cast<T&&>(*static_cast<T*>(from)));
    }
    [[gnu::cold]] static void destroy(void* object) noexcept { static_cast<T*>(object)->~T(); }
};

/// Runs the mapping of T, wherever it stands.
template <class T>
[[gnu::cold]] void map_class(Definition& definition) {
    Mapping<T> mapping(definition);
    constexpr bool outside = requires { Mapped<T>::map(mapping); };
    constexpr bool inside = requires { T::map(mapping); };
    static_assert(outside || inside,
                  "this class is not mapped: give it a static void map(azoth::Mapping<T>& m), or "
                  "specialise azoth::Mapped<T> with one");
    if constexpr (outside)
        Mapped<T>::map(mapping);
    else if constexpr (inside)
        T::map(mapping);
}

template <class T>
[[nodiscard]] ClassEntry class_entry(std::uint32_t ancestors) noexcept {
    static_assert(std::is_class_v<T> && !std::is_const_v<T>,
                  "a model lists classes: model<User, Address>(\"shop\")");
    using Functions = ClassFunctions<T>;
    return {class_id<T>(),
            type_name<T>(),
            {sizeof(T), alignof(T),
             std::is_default_constructible_v<T> ? &Functions::construct : nullptr,
             std::is_move_constructible_v<T> ? &Functions::move : nullptr, &Functions::destroy},
            &map_class<T>,
            ancestors};
}

/// How many classes of a model T is or inherits from.
template <class T, class... All>
inline constexpr std::uint32_t ancestors = (std::uint32_t{__is_base_of(All, T)} + ...);

template <class... Ts>
[[nodiscard]] Model model_of(std::string_view name, const MetaDataOptions* options) {
    static_assert(sizeof...(Ts) != 0, "a model lists classes: model<User, Address>(\"shop\")");
    const ClassEntry classes[] = {class_entry<Ts>(ancestors<Ts, Ts...>)...};
    return make_model(name, options, {classes, sizeof...(Ts)});
}

}  // namespace detail
}  // namespace orm

/// Configures a model of these classes: `const auto shop = model<User, Address>("shop")`. Safe from
/// any thread.
/// \param name for messages
/// \param options of the MetaData: schema and naming convention
///
/// Throws MappingError that lists all that is wrong with the mappings. SQLAlchemy: `registry`,
/// `configure_mappers`.
template <class... Ts>
[[nodiscard]] Model model(std::string_view name) {
    return orm::detail::model_of<Ts...>(name, nullptr);
}
template <class... Ts>
[[nodiscard]] Model model(std::string_view name, const MetaDataOptions& options) {
    return orm::detail::model_of<Ts...>(name, &options);
}

}  // namespace azoth::inline v0
