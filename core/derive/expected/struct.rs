const _: () = {
    const NATURAL: usize = {
        let mut align = 1;
        if <f32 as ::wharf::flat::Inline>::ALIGN > align {
            align = <f32 as ::wharf::flat::Inline>::ALIGN;
        }
        if <[u8; 3] as ::wharf::flat::Inline>::ALIGN > align {
            align = <[u8; 3] as ::wharf::flat::Inline>::ALIGN;
        }
        align
    };
    const _: () = ::core::assert!(
        16usize >= NATURAL,
        "force_align is below the alignment that the struct's fields need",
    );
    const OFFSETS: [usize; 2usize] = {
        let mut offsets = [0; 2usize];
        let mut end = 0;
        offsets[0usize] = ::wharf::flat::__private::align_up(
            end,
            <f32 as ::wharf::flat::Inline>::ALIGN,
        );
        end = offsets[0usize] + <f32 as ::wharf::flat::Inline>::SIZE;
        offsets[1usize] = ::wharf::flat::__private::align_up(
            end,
            <[u8; 3] as ::wharf::flat::Inline>::ALIGN,
        );
        end = offsets[1usize] + <[u8; 3] as ::wharf::flat::Inline>::SIZE;
        let _ = end;
        offsets
    };
    const ALIGN: usize = if 16usize > NATURAL { 16usize } else { NATURAL };
    const LEAST: usize = OFFSETS[1usize] + <[u8; 3] as ::wharf::flat::Inline>::LEAST;
    const SIZE: usize = ::wharf::flat::__private::align_up(
        OFFSETS[1usize] + <[u8; 3] as ::wharf::flat::Inline>::SIZE,
        ALIGN,
    );
    #[automatically_derived]
    impl ::wharf::flat::Inline for Point {
        const ALIGN: usize = ALIGN;
        const LEAST: usize = LEAST;
        const SIZE: usize = SIZE;
        #[inline(always)]
        fn decode(bytes: &[u8]) -> Self {
            Self {
                x: ::wharf::flat::__private::part(bytes, OFFSETS[0usize]),
                y: ::wharf::flat::__private::part(bytes, OFFSETS[1usize]),
            }
        }
        #[inline(always)]
        fn encode(self, bytes: &mut [u8]) {
            let mut whole = [0; SIZE];
            ::wharf::flat::__private::put_part(&mut whole, OFFSETS[0usize], self.x);
            ::wharf::flat::__private::put_part(&mut whole, OFFSETS[1usize], self.y);
            match bytes.first_chunk_mut::<SIZE>() {
                ::core::option::Option::Some(bytes) => *bytes = whole,
                ::core::option::Option::None => {
                    if let (
                        ::core::option::Option::Some(bytes),
                        ::core::option::Option::Some(least),
                    ) = (
                        bytes.first_chunk_mut::<LEAST>(),
                        whole.first_chunk::<LEAST>(),
                    ) {
                        *bytes = *least;
                    }
                }
            }
        }
        #[inline]
        fn order_by_key(
            &self,
            other: &Self,
        ) -> ::core::option::Option<::core::cmp::Ordering> {
            ::core::option::Option::Some(::wharf::flat::Key::order(&self.x, &other.x))
        }
    }
    #[automatically_derived]
    impl ::wharf::flat::Keyed for Point {
        type Key = f32;
        #[inline]
        fn key(&self) -> &f32 {
            &self.x
        }
        #[inline]
        fn order_at(
            buf: &[u8],
            at: usize,
            probe: &<f32 as ::wharf::flat::Key>::Probe,
        ) -> ::core::result::Result<::core::cmp::Ordering, ::wharf::flat::Error> {
            ::wharf::flat::__private::order_struct::<
                f32,
            >(buf, at, OFFSETS[0usize], probe)
        }
    }
};
#[automatically_derived]
impl ::wharf::flat::Struct for Point {
    const NAME: &'static str = "Point";
}
#[automatically_derived]
impl ::wharf::flat::Item for Point {
    type Kind = ::wharf::flat::InPlaceKind;
}
#[automatically_derived]
impl ::wharf::flat::Element for Point {
    type Kind = ::wharf::flat::InPlaceKind;
}
#[automatically_derived]
impl ::wharf::flat::__private::Requirable for Point {}
