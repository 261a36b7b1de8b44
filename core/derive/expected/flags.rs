#[automatically_derived]
#[allow(dead_code, reason = "a schema has bits that nobody names")]
impl Ability {
    ///Bit 0.
    pub const FLY: Self = Self(1 << 0usize);
    ///Bit 4.
    pub const RUN: Self = Self(1 << 4usize);
    /// All bits, unknown ones as well.
    #[inline]
    pub const fn bits(self) -> u16 {
        self.0
    }
    /// Whether all bits of `other` are set.
    #[inline]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}
#[automatically_derived]
impl ::core::ops::BitOr for Ability {
    type Output = Self;
    #[inline]
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
#[automatically_derived]
impl ::core::ops::BitAnd for Ability {
    type Output = Self;
    #[inline]
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}
#[automatically_derived]
impl ::core::convert::From<u16> for Ability {
    #[inline]
    fn from(bits: u16) -> Self {
        Self(bits)
    }
}
#[automatically_derived]
impl ::core::convert::From<Ability> for u16 {
    #[inline]
    fn from(flags: Ability) -> Self {
        flags.0
    }
}
#[automatically_derived]
impl ::wharf::flat::Inline for Ability {
    const SIZE: usize = <u16 as ::wharf::flat::Inline>::SIZE;
    const ALIGN: usize = <u16 as ::wharf::flat::Inline>::ALIGN;
    #[inline(always)]
    fn decode(bytes: &[u8]) -> Self {
        <Self as ::core::convert::From<
            u16,
        >>::from(<u16 as ::wharf::flat::Inline>::decode(bytes))
    }
    #[inline(always)]
    fn encode(self, bytes: &mut [u8]) {
        ::wharf::flat::Inline::encode(
            <u16 as ::core::convert::From<Self>>::from(self),
            bytes,
        );
    }
}
#[automatically_derived]
impl ::wharf::flat::Item for Ability {
    type Kind = ::wharf::flat::InPlaceKind;
}
#[automatically_derived]
impl ::wharf::flat::Element for Ability {
    type Kind = ::wharf::flat::InPlaceKind;
}
#[automatically_derived]
impl ::wharf::flat::Scalar for Ability {
    const ZERO: Self = Self(0);
    #[inline]
    fn same(self, other: Self) -> bool {
        self.0 == other.0
    }
}
