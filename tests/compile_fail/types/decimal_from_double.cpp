// SPDX-License-Identifier: MIT
// expect: write Decimal::from_double(x), or the number as text
// at most: 20 lines
#include <azoth/types/decimal.hpp>

#ifdef AZOTH_VALID
const azoth::Decimal price{"0.1"};
#else
const azoth::Decimal price{0.1};
#endif
