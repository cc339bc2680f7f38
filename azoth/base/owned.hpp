// SPDX-License-Identifier: MIT
#pragma once

namespace azoth::inline v0 {

/// Owns an object, or none; may be moved. As thread-safe as a pointer.
///
/// What std::unique_ptr is, for members in headers that users include: each std::unique_ptr<T>
/// there costs every file the instantiation of std::tuple and of some thirty traits.
template <class T>
class Owned {
  public:
    Owned() noexcept = default;
    explicit Owned(T* object) noexcept : object_(object) {}
    Owned(Owned&& other) noexcept : object_(other.release()) {}
    Owned& operator=(Owned&& other) noexcept {
        T* const before = object_;
        object_ = other.release();
        if (before != object_) delete before;
        return *this;
    }
    ~Owned() {
        static_assert(sizeof(T) != 0, "the class of the object must be known where it is deleted");
        delete object_;
    }

    [[nodiscard]] T* get() const noexcept { return object_; }
    T& operator*() const noexcept { return *object_; }
    T* operator->() const noexcept { return object_; }
    explicit operator bool() const noexcept { return object_ != nullptr; }
    /// Hands the object over to the caller.
    [[nodiscard]] T* release() noexcept {
        T* const object = object_;
        object_ = nullptr;
        return object;
    }

  private:
    T* object_ = nullptr;
};

}  // namespace azoth::inline v0
