// SPDX-License-Identifier: MIT
#pragma once

// Marks what a shared libazoth offers; everything else is built with hidden visibility.
#if defined(_WIN32)
#define AZOTH_EXPORT
#else
#define AZOTH_EXPORT __attribute__((visibility("default")))
#endif
