///What reads a [`Lock`] in mode `M`.
#[allow(clippy::exhaustive_enums, reason = "as the schema's enum")]
pub enum LockView<'b, M: ::wharf::flat::Mode> {
    ///A member `Key`.
    Key(::wharf::flat::__private::ViewOf<'b, Key, M>),
    ///A member `Code`.
    Code(::wharf::flat::__private::ViewOf<'b, String, M>),
    ///A type that the schema does not know.
    Unknown(u8),
    #[doc(hidden)]
    __Mode(
        ::core::convert::Infallible,
        ::core::marker::PhantomData<fn() -> (&'b (), M)>,
    ),
}
#[automatically_derived]
impl<M: ::wharf::flat::Mode> ::core::fmt::Debug for LockView<'_, M> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.write_str(
            match self {
                Self::Key(_) => "Key",
                Self::Code(_) => "Code",
                Self::Unknown(_) => "Unknown",
                Self::__Mode(never, _) => match *never {}
            },
        )
    }
}
///A [`Lock`] read at once, its strings lent by the packet.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_enums, reason = "as the schema's enum")]
pub enum LockRef<'b> {
    ///A member `Key`.
    Key(::wharf::flat::__private::BorrowedOf<'b, Key>),
    ///A member `Code`.
    Code(::wharf::flat::__private::BorrowedOf<'b, String>),
    ///A type that the schema does not know.
    Unknown(u8),
    #[doc(hidden)]
    __Packet(::core::convert::Infallible, ::core::marker::PhantomData<&'b ()>),
}
///A [`Lock`] in its packet, to be changed in place.
#[derive(Debug)]
#[allow(clippy::exhaustive_enums, reason = "as the schema's enum")]
pub enum LockMut<'b> {
    ///A member `Key`.
    Key(::wharf::flat::__private::EditOf<'b, Key>),
    ///A member `Code`.
    Code(::wharf::flat::__private::EditOf<'b, String>),
    ///A type that the schema does not know.
    Unknown(u8),
    #[doc(hidden)]
    __Packet(::core::convert::Infallible, ::core::marker::PhantomData<&'b ()>),
}
#[automatically_derived]
impl ::wharf::flat::Item for Lock {
    type Kind = ::wharf::flat::__private::UnionKind;
}
#[automatically_derived]
impl ::wharf::flat::Element for Lock {
    type Kind = ::wharf::flat::__private::UnionKind;
}
#[automatically_derived]
impl ::wharf::flat::__private::Requirable for Lock {}
#[automatically_derived]
impl ::wharf::flat::Union for Lock {
    const NAME: &'static str = "Lock";
    type View<'b, M: ::wharf::flat::Mode> = LockView<'b, M>;
    type Borrowed<'b> = LockRef<'b>;
    type Edit<'b> = LockMut<'b>;
    #[inline]
    fn view<'b, M: ::wharf::flat::Mode>(
        place: ::wharf::flat::__private::UnionRef<'b>,
        buffered: <M as ::wharf::flat::Mode>::Buffered,
    ) -> ::core::result::Result<LockView<'b, M>, ::wharf::flat::Error> {
        ::core::result::Result::Ok(
            match place.tag {
                1u8 => {
                    LockView::Key(
                        <::wharf::flat::__private::KindOf<
                            Key,
                        > as ::wharf::flat::__private::Kind<
                            Key,
                        >>::view::<
                            M,
                        >(
                            <::wharf::flat::__private::KindOf<
                                Key,
                            > as ::wharf::flat::__private::Member<
                                Key,
                            >>::place_at(place.buf, place.pos)?,
                            buffered,
                        )?,
                    )
                }
                7u8 => {
                    LockView::Code(
                        <::wharf::flat::__private::KindOf<
                            String,
                        > as ::wharf::flat::__private::Kind<
                            String,
                        >>::view::<
                            M,
                        >(
                            <::wharf::flat::__private::KindOf<
                                String,
                            > as ::wharf::flat::__private::Member<
                                String,
                            >>::place_at(place.buf, place.pos)?,
                            buffered,
                        )?,
                    )
                }
                tag => LockView::Unknown(tag),
            },
        )
    }
    fn fallback<'b, M: ::wharf::flat::Mode>(
        _: <M as ::wharf::flat::Mode>::Buffered,
    ) -> LockView<'b, M> {
        LockView::Unknown(0)
    }
    #[inline]
    fn lend<M: ::wharf::flat::Mode>(
        &self,
        owned: <M as ::wharf::flat::Mode>::Owned,
    ) -> LockView<'_, M> {
        match self {
            Self::Key(value) => {
                LockView::Key(
                    <::wharf::flat::__private::KindOf<
                        Key,
                    > as ::wharf::flat::__private::Kind<Key>>::own::<M>(value, owned),
                )
            }
            Self::Code(value) => {
                LockView::Code(
                    <::wharf::flat::__private::KindOf<
                        String,
                    > as ::wharf::flat::__private::Kind<String>>::own::<M>(value, owned),
                )
            }
            Self::Unknown(tag) => LockView::Unknown(*tag),
        }
    }
    fn parse(
        place: ::wharf::flat::__private::UnionRef<'_>,
        budget: &mut ::wharf::flat::Budget,
    ) -> ::core::result::Result<Self, ::wharf::flat::Error> {
        ::core::result::Result::Ok(
            match place.tag {
                1u8 => {
                    Self::Key(
                        <::wharf::flat::__private::KindOf<
                            Key,
                        > as ::wharf::flat::__private::Kind<
                            Key,
                        >>::parse(
                            <::wharf::flat::__private::KindOf<
                                Key,
                            > as ::wharf::flat::__private::Member<
                                Key,
                            >>::place_at(place.buf, place.pos)?,
                            budget,
                        )?,
                    )
                }
                7u8 => {
                    Self::Code(
                        <::wharf::flat::__private::KindOf<
                            String,
                        > as ::wharf::flat::__private::Kind<
                            String,
                        >>::parse(
                            <::wharf::flat::__private::KindOf<
                                String,
                            > as ::wharf::flat::__private::Member<
                                String,
                            >>::place_at(place.buf, place.pos)?,
                            budget,
                        )?,
                    )
                }
                tag => Self::Unknown(tag),
            },
        )
    }
    fn borrow<'b>(
        place: ::wharf::flat::__private::UnionRef<'b>,
        budget: &mut ::wharf::flat::Budget,
    ) -> ::core::result::Result<LockRef<'b>, ::wharf::flat::Error> {
        ::core::result::Result::Ok(
            match place.tag {
                1u8 => {
                    LockRef::Key(
                        <::wharf::flat::__private::KindOf<
                            Key,
                        > as ::wharf::flat::__private::Kind<
                            Key,
                        >>::borrow(
                            <::wharf::flat::__private::KindOf<
                                Key,
                            > as ::wharf::flat::__private::Member<
                                Key,
                            >>::place_at(place.buf, place.pos)?,
                            budget,
                        )?,
                    )
                }
                7u8 => {
                    LockRef::Code(
                        <::wharf::flat::__private::KindOf<
                            String,
                        > as ::wharf::flat::__private::Kind<
                            String,
                        >>::borrow(
                            <::wharf::flat::__private::KindOf<
                                String,
                            > as ::wharf::flat::__private::Member<
                                String,
                            >>::place_at(place.buf, place.pos)?,
                            budget,
                        )?,
                    )
                }
                tag => LockRef::Unknown(tag),
            },
        )
    }
    fn check(
        verifier: &mut ::wharf::flat::Verifier<'_>,
        tag: u8,
        pos: usize,
    ) -> ::core::result::Result<bool, ::wharf::flat::Error> {
        match tag {
            1u8 => {
                <::wharf::flat::__private::KindOf<
                    Key,
                > as ::wharf::flat::__private::Member<Key>>::check_at(verifier, pos)?
            }
            7u8 => {
                <::wharf::flat::__private::KindOf<
                    String,
                > as ::wharf::flat::__private::Member<String>>::check_at(verifier, pos)?
            }
            _ => return ::core::result::Result::Ok(false),
        }
        ::core::result::Result::Ok(true)
    }
    fn max_size(&self) -> usize {
        match self {
            Self::Key(value) => {
                <::wharf::flat::__private::KindOf<
                    Key,
                > as ::wharf::flat::__private::Member<Key>>::size_at(value)
            }
            Self::Code(value) => {
                <::wharf::flat::__private::KindOf<
                    String,
                > as ::wharf::flat::__private::Member<String>>::size_at(value)
            }
            Self::Unknown(_) => 0,
        }
    }
    fn put<'a>(
        &'a self,
        out: &mut ::wharf::flat::__private::Out<'_, 'a>,
        at: usize,
    ) -> ::core::result::Result<(), ::wharf::flat::__private::Stop> {
        match self {
            Self::Key(value) => {
                <::wharf::flat::__private::KindOf<
                    Key,
                > as ::wharf::flat::__private::Member<Key>>::put_linked(value, out, at)
            }
            Self::Code(value) => {
                <::wharf::flat::__private::KindOf<
                    String,
                > as ::wharf::flat::__private::Member<
                    String,
                >>::put_linked(value, out, at)
            }
            Self::Unknown(tag) => {
                ::core::result::Result::Err(
                    ::wharf::flat::__private::Stop::UnknownTag(*tag),
                )
            }
        }
    }
    fn edit(
        buf: &mut [u8],
        tag: u8,
        pos: usize,
    ) -> ::core::result::Result<LockMut<'_>, ::wharf::flat::Error> {
        ::core::result::Result::Ok(
            match tag {
                1u8 => {
                    LockMut::Key(
                        <::wharf::flat::__private::KindOf<
                            Key,
                        > as ::wharf::flat::__private::Member<Key>>::edit_at(buf, pos)?,
                    )
                }
                7u8 => {
                    LockMut::Code(
                        <::wharf::flat::__private::KindOf<
                            String,
                        > as ::wharf::flat::__private::Member<
                            String,
                        >>::edit_at(buf, pos)?,
                    )
                }
                tag => LockMut::Unknown(tag),
            },
        )
    }
    #[inline]
    fn tag(&self) -> u8 {
        match self {
            Self::Key(_) => 1u8,
            Self::Code(_) => 7u8,
            Self::Unknown(tag) => *tag,
        }
    }
}
