// SPDX-License-Identifier: MIT
#pragma once

/// What has happened to members of mapped objects: their history. Only who asks for it needs it.
#include <azoth/orm/attributes.hpp>
