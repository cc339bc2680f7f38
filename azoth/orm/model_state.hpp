// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/mapper.hpp>
#include <azoth/schema/metadata.hpp>
#include <azoth/sql/lowering.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace azoth::inline v0::orm {

/// What is behind a Model: its tables and mappers. Immutable once configured; safe from any thread.
/// Sessions and slabs share it.
class AZOTH_EXPORT ModelState final : public sql::Lowering {
  public:
    explicit ModelState(std::string name, MetaDataOptions options = {});
    ~ModelState() override;

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    /// Never used twice in a process; part of the key of compiled statements (R20).
    [[nodiscard]] std::uint64_t serial() const noexcept override { return serial_; }
    /// Puts this model's tables and columns in place of classes and members (R3).
    [[nodiscard]] sql::Lowered lower(const sql::StatementNode& statement) const override;
    /// What connections take that know this model.
    [[nodiscard]] Ref<const sql::Lowering> lowering() const {
        return Ref<const sql::Lowering>(this);
    }
    [[nodiscard]] const MetaData& metadata() const noexcept { return metadata_; }
    [[nodiscard]] const std::vector<std::unique_ptr<Mapper>>& mappers() const noexcept {
        return mappers_;
    }
    /// Null where the class is not of this model.
    [[nodiscard]] const Mapper* find(ClassId id) const noexcept;
    /// As find(). Throws ArgumentError that names the class, the model and the remedy.
    [[nodiscard]] const Mapper& mapper(ClassId id, std::string_view class_name) const;
    [[nodiscard]] const Mapper& mapper(ClassId id, ClassName class_name) const;

  private:
    friend class Configuration;

    std::string name_;
    std::uint64_t serial_;
    MetaData metadata_;
    std::vector<std::unique_ptr<Mapper>> mappers_;
};

}  // namespace azoth::inline v0::orm
