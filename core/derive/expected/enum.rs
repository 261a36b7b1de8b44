#[automatically_derived]
impl ::core::convert::From<i8> for Mood {
    #[inline]
    fn from(value: i8) -> Self {
        match value {
            -1 => Self::Grim,
            0 => Self::Calm,
            other => Self::Other(other),
        }
    }
}
#[automatically_derived]
impl ::core::convert::From<Mood> for i8 {
    #[inline]
    fn from(value: Mood) -> Self {
        match value {
            Mood::Grim => -1,
            Mood::Calm => 0,
            Mood::Other(other) => other,
        }
    }
}
#[automatically_derived]
impl ::wharf::flat::Inline for Mood {
    const SIZE: usize = <i8 as ::wharf::flat::Inline>::SIZE;
    const ALIGN: usize = <i8 as ::wharf::flat::Inline>::ALIGN;
    #[inline(always)]
    fn decode(bytes: &[u8]) -> Self {
        <Self as ::core::convert::From<
            i8,
        >>::from(<i8 as ::wharf::flat::Inline>::decode(bytes))
    }
    #[inline(always)]
    fn encode(self, bytes: &mut [u8]) {
        ::wharf::flat::Inline::encode(
            <i8 as ::core::convert::From<Self>>::from(self),
            bytes,
        );
    }
}
#[automatically_derived]
impl ::wharf::flat::Item for Mood {
    type Kind = ::wharf::flat::InPlaceKind;
}
#[automatically_derived]
impl ::wharf::flat::Element for Mood {
    type Kind = ::wharf::flat::InPlaceKind;
}
#[automatically_derived]
impl ::wharf::flat::Scalar for Mood {
    const ZERO: Self = Self::Calm;
    #[inline]
    fn same(self, other: Self) -> bool {
        <i8 as ::core::convert::From<Self>>::from(self)
            == <i8 as ::core::convert::From<Self>>::from(other)
    }
}
