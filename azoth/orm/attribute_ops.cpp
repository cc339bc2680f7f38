// SPDX-License-Identifier: MIT
#include <azoth/orm/attribute_ops.hpp>

namespace azoth::inline v0::orm {

#define AZOTH_COMMON_ATTRIBUTE(M)                                    \
    template <>                                                      \
    const AttributeOps& attribute_ops<M>() noexcept {                \
        return made_attribute_ops<M>;                                \
    }                                                                \
    template <>                                                      \
    const AttributeOps& attribute_ops<std::optional<M>>() noexcept { \
        return made_attribute_ops<std::optional<M>>;                 \
    }                                                                \
    static_assert(true)
AZOTH_COMMON_ATTRIBUTE(bool);
AZOTH_COMMON_ATTRIBUTE(std::int32_t);
AZOTH_COMMON_ATTRIBUTE(std::int64_t);
AZOTH_COMMON_ATTRIBUTE(double);
AZOTH_COMMON_ATTRIBUTE(std::string);
#undef AZOTH_COMMON_ATTRIBUTE

}  // namespace azoth::inline v0::orm
