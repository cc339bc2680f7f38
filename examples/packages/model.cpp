// SPDX-License-Identifier: MIT
#include "model.hpp"

namespace packages {

using namespace azoth;

void Maintainer::map(Mapping<Maintainer>& m) {
    m.table("maintainer");
    m.column<&Maintainer::id>(primary_key);
    m.column<&Maintainer::identity>(String{400}, unique);
    m.columns<&Maintainer::name, &Maintainer::email>();
    m.relationship<&Maintainer::packages>(back_populates<&Package::maintainer>);
}

void Section::map(Mapping<Section>& m) {
    m.table("section");
    m.column<&Section::id>(primary_key);
    m.column<&Section::name>(String{200}, unique);
    m.relationship<&Section::packages>(back_populates<&Package::section>);
}

void Tag::map(Mapping<Tag>& m) {
    m.table("tag");
    m.column<&Tag::id>(primary_key);
    m.column<&Tag::name>(String{200}, unique);
    m.relationship<&Tag::packages>(secondary("package_tag"), back_populates<&Package::tags>);
}

void PackageTag::map(Mapping<PackageTag>& m) {
    m.table("package_tag", {.sqlite_without_rowid = true});
    m.column<&PackageTag::package_id>(primary_key, foreign_key<&Package::id>);
    m.column<&PackageTag::tag_id>(primary_key, foreign_key<&Tag::id>, indexed);
}

void Dependency::map(Mapping<Dependency>& m) {
    m.table("dependency", {.sqlite_without_rowid = true});
    m.column<&Dependency::package_id>(primary_key, foreign_key<&Package::id>);
    m.column<&Dependency::kind>(primary_key);
    m.column<&Dependency::group>("alternative_group", primary_key, no_autoincrement);
    m.column<&Dependency::position>(primary_key, no_autoincrement);
    m.column<&Dependency::target_name>(String{200});
    m.column<&Dependency::target_id>(foreign_key<&Package::id>({.ondelete = "SET NULL"}), indexed);
    m.column<&Dependency::architecture_qualifier>(String{200});
    m.column<&Dependency::comparison>();
    m.column<&Dependency::version>(String{200});
    m.column<&Dependency::restrictions>();
    // With the kind: who provides a name must be found among thousands that depend on it.
    m.index<&Dependency::target_name, &Dependency::kind>();
    m.relationship<&Dependency::package>(foreign_keys<&Dependency::package_id>,
                                         back_populates<&Package::dependencies>);
    m.relationship<&Dependency::target>(foreign_keys<&Dependency::target_id>,
                                        back_populates<&Package::needed_by>);
}

void Package::map(Mapping<Package>& m) {
    m.table("package");
    m.column<&Package::id>(primary_key);
    m.column<&Package::name>(String{200});
    m.column<&Package::architecture>(String{200});
    m.column<&Package::version>(String{200});
    m.column<&Package::section_id>(foreign_key<&Section::id>, indexed);
    m.column<&Package::maintainer_id>(foreign_key<&Maintainer::id>, indexed);
    m.columns<&Package::priority, &Package::installed_kib>();
    m.column<&Package::state>(String{40});
    m.column<&Package::installed_version>(String{200});
    m.columns<&Package::summary, &Package::homepage>();
    m.column<&Package::source_name>(String{200});
    m.column<&Package::source_version>(String{200});
    m.columns<&Package::essential, &Package::multi_arch, &Package::content_hash>();
    m.unique<&Package::name, &Package::architecture>();
    m.relationship<&Package::section>();
    m.relationship<&Package::maintainer>();
    m.relationship<&Package::tags>(secondary("package_tag"));
    m.relationship<&Package::dependencies>(foreign_keys<&Dependency::package_id>,
                                           cascade_all_delete_orphan);
    // Thousands may need a package: when it goes, the database makes them forget it.
    m.relationship<&Package::needed_by>(foreign_keys<&Dependency::target_id>, passive_deletes);
}

void Load::map(Mapping<Load>& m) {
    m.table("load");
    m.column<&Load::id>(primary_key);
    m.columns<&Load::started_at, &Load::finished_at, &Load::packages, &Load::problems>();
}

Model make_model() {
    return model<Maintainer, Section, Tag, PackageTag, Dependency, Package, Load>("packages");
}

}  // namespace packages
