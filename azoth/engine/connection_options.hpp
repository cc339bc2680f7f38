// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/schema_translate_map.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace azoth::inline v0 {

/// How a connection, or all connections of an engine, begin their transactions and run their
/// statements. A plain value; what is empty stays as it was. SQLAlchemy: `execution_options()` of
/// Connection and Engine.
struct ConnectionOptions {
    /// "SERIALIZABLE", "READ COMMITTED", …, as far as the database has them; "AUTOCOMMIT": there
    /// are no transactions, each statement is kept at once. Small letters and '_' for a blank are
    /// taken too.
    std::string isolation_level{};
    /// Transactions that can't write (true), or can (false) where PostgreSQL's own default is that
    /// they can't.
    std::optional<bool> postgresql_readonly{};
    /// Wait at the beginning for a state of the data in which a serializable transaction that only
    /// reads can't fail; of no effect on others.
    std::optional<bool> postgresql_deferrable{};
    /// Which schemas stand for those that tables name, in statements and in DDL.
    /// SchemaTranslateMap::none() takes back the engine's.
    SchemaTranslateMap schema_translate_map{};
    /// Stands before each line that is logged for the connection: "[token] SELECT …".
    std::string logging_token{};
    /// false: statements are compiled for each execution, and the engine's cache neither asked nor
    /// filled. For statements made by a program that are never the same again.
    std::optional<bool> compiled_cache{};
    /// Into how many rows at a time an INSERT of a range is divided; 0: into as many as the driver
    /// thinks fit, by their bytes.
    std::optional<std::size_t> insertmanyvalues_page_size{};
    /// Rows of SELECTs stay with the server, in a cursor of its own, and come over as they are
    /// read.
    std::optional<bool> stream_results{};
    /// The most rows of such a cursor that come over at a time, 1 at first and then more each time;
    /// 1000 where nothing is said.
    std::optional<std::size_t> max_row_buffer{};
    /// The same, always so many rows at a time, which are those of `partitions()` too.
    std::optional<std::size_t> yield_per{};
};

/// How one INSERT of a range of rows is run. A plain value; what is empty is as the connection has
/// it. SQLAlchemy: `execution_options` of a call.
struct InsertManyOptions {
    SchemaTranslateMap schema_translate_map{};                ///< goes before all others
    std::optional<std::size_t> insertmanyvalues_page_size{};  ///< as ConnectionOptions
};

}  // namespace azoth::inline v0
