// SPDX-License-Identifier: MIT
#pragma once

/// The object-relational mapper and all of the Core below it. Include a dialect's header beside it.
#include <azoth/core.hpp>
#include <azoth/orm/bundle.hpp>
#include <azoth/orm/column_descriptions.hpp>
#include <azoth/orm/dml.hpp>
#include <azoth/orm/inspect.hpp>
#include <azoth/orm/loader_options.hpp>
#include <azoth/orm/many_map.hpp>
#include <azoth/orm/mapping.hpp>
#include <azoth/orm/model.hpp>
#include <azoth/orm/relationship_conditions.hpp>
#include <azoth/orm/relationships.hpp>
#include <azoth/orm/select.hpp>
#include <azoth/orm/session.hpp>
#include <azoth/orm/session_maker.hpp>
#include <azoth/orm/write_only.hpp>
