///What reads a [`Door`] in mode `M`.
pub struct DoorView<'b, M: ::wharf::flat::Mode> {
    store: <M as ::wharf::flat::Mode>::Store<__DoorFields<'b, M>, &'b Door>,
}
#[doc(hidden)]
#[allow(non_camel_case_types, reason = "a name that no schema has")]
struct __DoorFields<'b, M: ::wharf::flat::Mode> {
    __table: ::wharf::flat::__private::TableRef<'b>,
    name: <::wharf::flat::__private::Required<
        String,
    > as ::wharf::flat::Value>::Cell<'b, M>,
    width: <i32 as ::wharf::flat::Value>::Cell<'b, M>,
    lock: <Option<Lock> as ::wharf::flat::Value>::Cell<'b, M>,
    open: <bool as ::wharf::flat::Value>::View<'b, M>,
    rooms: <Option<Vec<Room>> as ::wharf::flat::Value>::Cell<'b, M>,
    __mode: ::core::marker::PhantomData<fn() -> M>,
}
#[automatically_derived]
#[allow(dead_code, reason = "a schema has fields that nobody reads")]
impl<'b, M: ::wharf::flat::Mode> DoorView<'b, M> {
    /// Its name.
    #[inline]
    pub fn name(
        &self,
    ) -> <M as ::wharf::flat::Mode>::Out<
        <::wharf::flat::__private::Required<
            String,
        > as ::wharf::flat::Value>::Get<'_, 'b, M>,
    > {
        <M as ::wharf::flat::Mode>::out(
            <M as ::wharf::flat::Mode>::pick(
                &self.store,
                |buffered, fields| {
                    <::wharf::flat::__private::Required<
                        String,
                    > as ::wharf::flat::Value>::get::<
                        M,
                    >(
                        &fields.name,
                        fields.__table,
                        0usize,
                        <::wharf::flat::__private::Required<
                            String,
                        > as ::wharf::flat::Value>::DEFAULT,
                        buffered,
                    )
                },
                |owned, value| ::core::result::Result::Ok(
                    ::wharf::flat::__private::owned_field::<
                        ::wharf::flat::__private::Required<String>,
                        M,
                    >(owned, &value.name),
                ),
            ),
        )
    }
    ///[`name`](Self::name) without a check of its UTF-8; never remembered.
    #[inline]
    pub fn name_flat(
        &self,
    ) -> <M as ::wharf::flat::Mode>::Out<
        <::wharf::flat::__private::Required<
            String,
        > as ::wharf::flat::__private::Text>::Flat<'b>,
    > {
        <M as ::wharf::flat::Mode>::out(
            <M as ::wharf::flat::Mode>::pick(
                &self.store,
                |_, fields| ::wharf::flat::__private::flat_field::<
                    ::wharf::flat::__private::Required<String>,
                    M,
                >(fields.__table, 0usize),
                |_, value| ::core::result::Result::Ok(
                    <::wharf::flat::__private::Required<
                        String,
                    > as ::wharf::flat::__private::Text>::own_flat(&value.name),
                ),
            ),
        )
    }
    #[inline]
    pub fn width(
        &self,
    ) -> <M as ::wharf::flat::Mode>::Out<<i32 as ::wharf::flat::Value>::Get<'_, 'b, M>> {
        <M as ::wharf::flat::Mode>::out(
            <M as ::wharf::flat::Mode>::pick(
                &self.store,
                |buffered, fields| {
                    <i32 as ::wharf::flat::Value>::get::<
                        M,
                    >(
                        &fields.width,
                        fields.__table,
                        1usize,
                        {
                            const DEFAULT: <i32 as ::wharf::flat::Value>::Default = 90;
                            DEFAULT
                        },
                        buffered,
                    )
                },
                |owned, value| ::core::result::Result::Ok(
                    ::wharf::flat::__private::owned_field::<i32, M>(owned, &value.width),
                ),
            ),
        )
    }
    #[inline]
    pub fn lock(
        &self,
    ) -> <M as ::wharf::flat::Mode>::Out<
        <Option<Lock> as ::wharf::flat::Value>::Get<'_, 'b, M>,
    > {
        <M as ::wharf::flat::Mode>::out(
            <M as ::wharf::flat::Mode>::pick(
                &self.store,
                |buffered, fields| {
                    <Option<
                        Lock,
                    > as ::wharf::flat::Value>::get::<
                        M,
                    >(
                        &fields.lock,
                        fields.__table,
                        3usize,
                        <Option<Lock> as ::wharf::flat::Value>::DEFAULT,
                        buffered,
                    )
                },
                |owned, value| ::core::result::Result::Ok(
                    ::wharf::flat::__private::owned_field::<
                        Option<Lock>,
                        M,
                    >(owned, &value.lock),
                ),
            ),
        )
    }
    #[inline]
    pub fn open(&self) -> <bool as ::wharf::flat::Value>::Get<'_, 'b, M> {
        <M as ::wharf::flat::Mode>::pick(
            &self.store,
            |_, fields| <bool as ::wharf::flat::Value>::lend::<
                M,
            >(<M as ::wharf::flat::Mode>::kept(&fields.open)),
            |owned, value| ::wharf::flat::__private::owned_field::<
                bool,
                M,
            >(owned, &value.open),
        )
    }
    #[inline]
    fn rooms(
        &self,
    ) -> <M as ::wharf::flat::Mode>::Out<
        <Option<Vec<Room>> as ::wharf::flat::Value>::Get<'_, 'b, M>,
    > {
        <M as ::wharf::flat::Mode>::out(
            <M as ::wharf::flat::Mode>::pick(
                &self.store,
                |buffered, fields| {
                    <Option<
                        Vec<Room>,
                    > as ::wharf::flat::Value>::get::<
                        M,
                    >(
                        &fields.rooms,
                        fields.__table,
                        6usize,
                        <Option<Vec<Room>> as ::wharf::flat::Value>::DEFAULT,
                        buffered,
                    )
                },
                |owned, value| ::core::result::Result::Ok(
                    ::wharf::flat::__private::owned_field::<
                        Option<Vec<Room>>,
                        M,
                    >(owned, &value.rooms),
                ),
            ),
        )
    }
    /// Reads all of it into an owned value, whatever the mode.
    ///
    /// # Errors
    ///
    /// What is wrong with the bytes; nothing in a mode that owns the values.
    pub fn to_owned(&self) -> ::core::result::Result<Door, ::wharf::flat::Error> {
        <M as ::wharf::flat::Mode>::pick(
            &self.store,
            |_, fields| ::wharf::flat::__private::to_owned::<Door>(fields.__table),
            |_, value: &'b Door| ::core::result::Result::Ok(
                ::core::clone::Clone::clone(value),
            ),
        )
    }
}
#[automatically_derived]
impl<M: ::wharf::flat::Mode> ::core::fmt::Debug for DoorView<'_, M> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.debug_struct("DoorView").finish_non_exhaustive()
    }
}
///A [`Door`] read at once, its strings lent by the packet.
#[derive(Clone, Debug, PartialEq)]
#[allow(dead_code, reason = "a schema has fields that nobody reads")]
pub struct DoorRef<'b> {
    /// Its name.
    pub name: <::wharf::flat::__private::Required<
        String,
    > as ::wharf::flat::Value>::Borrowed<'b>,
    pub width: <i32 as ::wharf::flat::Value>::Borrowed<'b>,
    pub lock: <Option<Lock> as ::wharf::flat::Value>::Borrowed<'b>,
    pub open: <bool as ::wharf::flat::Value>::Borrowed<'b>,
    rooms: <Option<Vec<Room>> as ::wharf::flat::Value>::Borrowed<'b>,
    #[doc(hidden)]
    pub __packet: ::core::marker::PhantomData<&'b ()>,
}
///A [`Door`] in its packet, to be changed in place.
#[derive(Debug)]
pub struct DoorMut<'b>(::wharf::flat::__private::TableMut<'b>);
#[automatically_derived]
#[allow(dead_code, reason = "a schema has fields that nobody changes")]
impl DoorMut<'_> {
    ///The field `name` in the packet, to be changed in place.
    ///
    /// # Errors
    ///
    /// The field is absent or malformed.
    #[inline]
    pub fn name_mut(
        &mut self,
    ) -> ::core::result::Result<
        <::wharf::flat::__private::Required<String> as ::wharf::flat::Value>::Edit<'_>,
        ::wharf::flat::Error,
    > {
        self.0.field::<::wharf::flat::__private::Required<String>>(0usize)
    }
    ///The field `width` in the packet, to be changed in place.
    ///
    /// # Errors
    ///
    /// The field is absent or malformed.
    #[inline]
    pub fn width_mut(
        &mut self,
    ) -> ::core::result::Result<
        <i32 as ::wharf::flat::Value>::Edit<'_>,
        ::wharf::flat::Error,
    > {
        self.0.field::<i32>(1usize)
    }
    ///The field `lock` in the packet, to be changed in place.
    ///
    /// # Errors
    ///
    /// The field is absent or malformed.
    #[inline]
    pub fn lock_mut(
        &mut self,
    ) -> ::core::result::Result<
        <Option<Lock> as ::wharf::flat::Value>::Edit<'_>,
        ::wharf::flat::Error,
    > {
        self.0.field::<Option<Lock>>(3usize)
    }
    ///The field `open` in the packet, to be changed in place.
    ///
    /// # Errors
    ///
    /// The field is absent or malformed.
    #[inline]
    pub fn open_mut(
        &mut self,
    ) -> ::core::result::Result<
        <bool as ::wharf::flat::Value>::Edit<'_>,
        ::wharf::flat::Error,
    > {
        self.0.field::<bool>(5usize)
    }
    ///The field `rooms` in the packet, to be changed in place.
    ///
    /// # Errors
    ///
    /// The field is absent or malformed.
    #[inline]
    fn rooms_mut(
        &mut self,
    ) -> ::core::result::Result<
        <Option<Vec<Room>> as ::wharf::flat::Value>::Edit<'_>,
        ::wharf::flat::Error,
    > {
        self.0.field::<Option<Vec<Room>>>(6usize)
    }
    /// Reads the table as it now is.
    ///
    /// # Errors
    ///
    /// The table is malformed.
    #[inline]
    pub fn view(
        &self,
    ) -> ::core::result::Result<
        DoorView<'_, ::wharf::flat::Lazy>,
        ::wharf::flat::Error,
    > {
        <Door as ::wharf::flat::Table>::view::<::wharf::flat::Lazy>(self.0.table()?, ())
    }
}
#[automatically_derived]
impl ::wharf::flat::Item for Door {
    type Kind = ::wharf::flat::__private::TableKind;
}
#[automatically_derived]
impl ::wharf::flat::Element for Door {
    type Kind = ::wharf::flat::__private::OffsetKind;
}
#[automatically_derived]
impl ::wharf::flat::__private::Requirable for Door {}
#[automatically_derived]
impl ::wharf::flat::Table for Door {
    const NAME: &'static str = "Door";
    const IDENTIFIER: ::core::option::Option<[u8; 4]> = ::core::option::Option::Some(
        *b"DOOR",
    );
    const LAYOUT: &'static ::wharf::flat::__private::Layout = {
        static LAYOUT: ::wharf::flat::__private::Layout = ::wharf::flat::__private::Layout::new(
            &[
                ::wharf::flat::__private::Layout::slot(
                    <::wharf::flat::__private::Required<
                        String,
                    > as ::wharf::flat::Value>::INLINE[0usize],
                ),
                ::wharf::flat::__private::Layout::slot(
                    <i32 as ::wharf::flat::Value>::INLINE[0usize],
                ),
                (0, 1),
                ::wharf::flat::__private::Layout::slot(
                    <Option<Lock> as ::wharf::flat::Value>::INLINE[0usize],
                ),
                ::wharf::flat::__private::Layout::slot(
                    <Option<Lock> as ::wharf::flat::Value>::INLINE[1usize],
                ),
                ::wharf::flat::__private::Layout::slot(
                    <bool as ::wharf::flat::Value>::INLINE[0usize],
                ),
                ::wharf::flat::__private::Layout::slot(
                    <Option<Vec<Room>> as ::wharf::flat::Value>::INLINE[0usize],
                ),
            ],
        );
        &LAYOUT
    };
    type View<'b, M: ::wharf::flat::Mode> = DoorView<'b, M>;
    type Borrowed<'b> = DoorRef<'b>;
    type Edit<'b> = DoorMut<'b>;
    #[inline(always)]
    fn view<'b, M: ::wharf::flat::Mode>(
        table: ::wharf::flat::__private::TableRef<'b>,
        buffered: <M as ::wharf::flat::Mode>::Buffered,
    ) -> ::core::result::Result<DoorView<'b, M>, ::wharf::flat::Error> {
        ::core::result::Result::Ok(DoorView {
            store: <M as ::wharf::flat::Mode>::buffer(
                buffered,
                __DoorFields {
                    __table: table,
                    name: ::core::default::Default::default(),
                    width: ::core::default::Default::default(),
                    lock: ::core::default::Default::default(),
                    open: <bool as ::wharf::flat::Value>::view::<
                        M,
                    >(table, 5usize, <bool as ::wharf::flat::Value>::DEFAULT, buffered)?,
                    rooms: ::core::default::Default::default(),
                    __mode: ::core::marker::PhantomData,
                },
            ),
        })
    }
    fn fallback<'b, M: ::wharf::flat::Mode>(
        buffered: <M as ::wharf::flat::Mode>::Buffered,
    ) -> DoorView<'b, M> {
        DoorView {
            store: <M as ::wharf::flat::Mode>::buffer(
                buffered,
                __DoorFields {
                    __table: ::wharf::flat::__private::TableRef::EMPTY,
                    name: ::core::default::Default::default(),
                    width: ::core::default::Default::default(),
                    lock: ::core::default::Default::default(),
                    open: <bool as ::wharf::flat::Value>::fallback::<
                        M,
                    >(<bool as ::wharf::flat::Value>::DEFAULT, buffered),
                    rooms: ::core::default::Default::default(),
                    __mode: ::core::marker::PhantomData,
                },
            ),
        }
    }
    #[inline(always)]
    fn lend<M: ::wharf::flat::Mode>(
        &self,
        owned: <M as ::wharf::flat::Mode>::Owned,
    ) -> DoorView<'_, M> {
        DoorView {
            store: <M as ::wharf::flat::Mode>::owner(owned, self),
        }
    }
    #[inline]
    fn parse(
        table: ::wharf::flat::__private::TableRef<'_>,
        budget: &mut ::wharf::flat::Budget,
    ) -> ::core::result::Result<Self, ::wharf::flat::Error> {
        let _ = (&table, &budget);
        ::core::result::Result::Ok(Self {
            name: <::wharf::flat::__private::Required<
                String,
            > as ::wharf::flat::Value>::parse(
                table,
                0usize,
                <::wharf::flat::__private::Required<
                    String,
                > as ::wharf::flat::Value>::DEFAULT,
                budget,
            )?,
            width: <i32 as ::wharf::flat::Value>::parse(
                table,
                1usize,
                {
                    const DEFAULT: <i32 as ::wharf::flat::Value>::Default = 90;
                    DEFAULT
                },
                budget,
            )?,
            lock: <Option<
                Lock,
            > as ::wharf::flat::Value>::parse(
                table,
                3usize,
                <Option<Lock> as ::wharf::flat::Value>::DEFAULT,
                budget,
            )?,
            open: <bool as ::wharf::flat::Value>::parse(
                table,
                5usize,
                <bool as ::wharf::flat::Value>::DEFAULT,
                budget,
            )?,
            rooms: <Option<
                Vec<Room>,
            > as ::wharf::flat::Value>::parse(
                table,
                6usize,
                <Option<Vec<Room>> as ::wharf::flat::Value>::DEFAULT,
                budget,
            )?,
            color: ::core::default::Default::default(),
        })
    }
    fn parse_into(
        &mut self,
        table: ::wharf::flat::__private::TableRef<'_>,
        budget: &mut ::wharf::flat::Budget,
    ) -> ::core::result::Result<(), ::wharf::flat::Error> {
        let _ = (&table, &budget);
        <::wharf::flat::__private::Required<
            String,
        > as ::wharf::flat::Value>::parse_into(
            &mut self.name,
            table,
            0usize,
            <::wharf::flat::__private::Required<
                String,
            > as ::wharf::flat::Value>::DEFAULT,
            budget,
        )?;
        <i32 as ::wharf::flat::Value>::parse_into(
            &mut self.width,
            table,
            1usize,
            {
                const DEFAULT: <i32 as ::wharf::flat::Value>::Default = 90;
                DEFAULT
            },
            budget,
        )?;
        <Option<
            Lock,
        > as ::wharf::flat::Value>::parse_into(
            &mut self.lock,
            table,
            3usize,
            <Option<Lock> as ::wharf::flat::Value>::DEFAULT,
            budget,
        )?;
        <bool as ::wharf::flat::Value>::parse_into(
            &mut self.open,
            table,
            5usize,
            <bool as ::wharf::flat::Value>::DEFAULT,
            budget,
        )?;
        <Option<
            Vec<Room>,
        > as ::wharf::flat::Value>::parse_into(
            &mut self.rooms,
            table,
            6usize,
            <Option<Vec<Room>> as ::wharf::flat::Value>::DEFAULT,
            budget,
        )?;
        ::core::result::Result::Ok(())
    }
    #[inline(always)]
    fn borrow<'b>(
        table: ::wharf::flat::__private::TableRef<'b>,
        budget: &mut ::wharf::flat::Budget,
    ) -> ::core::result::Result<DoorRef<'b>, ::wharf::flat::Error> {
        let _ = (&table, &budget);
        ::core::result::Result::Ok(DoorRef {
            name: <::wharf::flat::__private::Required<
                String,
            > as ::wharf::flat::Value>::borrow(
                table,
                0usize,
                <::wharf::flat::__private::Required<
                    String,
                > as ::wharf::flat::Value>::DEFAULT,
                budget,
            )?,
            width: <i32 as ::wharf::flat::Value>::borrow(
                table,
                1usize,
                {
                    const DEFAULT: <i32 as ::wharf::flat::Value>::Default = 90;
                    DEFAULT
                },
                budget,
            )?,
            lock: <Option<
                Lock,
            > as ::wharf::flat::Value>::borrow(
                table,
                3usize,
                <Option<Lock> as ::wharf::flat::Value>::DEFAULT,
                budget,
            )?,
            open: <bool as ::wharf::flat::Value>::borrow(
                table,
                5usize,
                <bool as ::wharf::flat::Value>::DEFAULT,
                budget,
            )?,
            rooms: <Option<
                Vec<Room>,
            > as ::wharf::flat::Value>::borrow(
                table,
                6usize,
                <Option<Vec<Room>> as ::wharf::flat::Value>::DEFAULT,
                budget,
            )?,
            __packet: ::core::marker::PhantomData,
        })
    }
    #[inline]
    fn check(
        verifier: &mut ::wharf::flat::Verifier<'_>,
        table: ::wharf::flat::__private::TableRef<'_>,
    ) -> ::core::result::Result<(), ::wharf::flat::Error> {
        let _ = (&table, &verifier);
        if let ::core::result::Result::Err(error) = <::wharf::flat::__private::Required<
            String,
        > as ::wharf::flat::Value>::check(verifier, table, 0usize) {
            verifier.blame("Door", "name");
            return ::core::result::Result::Err(error);
        }
        if let ::core::result::Result::Err(error) = <i32 as ::wharf::flat::Value>::check(
            verifier,
            table,
            1usize,
        ) {
            verifier.blame("Door", "width");
            return ::core::result::Result::Err(error);
        }
        if let ::core::result::Result::Err(error) = <Option<
            Lock,
        > as ::wharf::flat::Value>::check(verifier, table, 3usize) {
            verifier.blame("Door", "lock");
            return ::core::result::Result::Err(error);
        }
        if let ::core::result::Result::Err(error) = <bool as ::wharf::flat::Value>::check(
            verifier,
            table,
            5usize,
        ) {
            verifier.blame("Door", "open");
            return ::core::result::Result::Err(error);
        }
        if let ::core::result::Result::Err(error) = <Option<
            Vec<Room>,
        > as ::wharf::flat::Value>::check(verifier, table, 6usize) {
            verifier.blame("Door", "rooms");
            return ::core::result::Result::Err(error);
        }
        ::core::result::Result::Ok(())
    }
    #[inline]
    fn max_size(&self) -> usize {
        <Self as ::wharf::flat::Table>::LAYOUT
            .max_size()
            .saturating_add(
                <::wharf::flat::__private::Required<
                    String,
                > as ::wharf::flat::Value>::max_size(&self.name),
            )
            .saturating_add(<i32 as ::wharf::flat::Value>::max_size(&self.width))
            .saturating_add(<Option<Lock> as ::wharf::flat::Value>::max_size(&self.lock))
            .saturating_add(<bool as ::wharf::flat::Value>::max_size(&self.open))
            .saturating_add(
                <Option<Vec<Room>> as ::wharf::flat::Value>::max_size(&self.rooms),
            )
    }
    #[inline]
    fn put<'a>(
        &'a self,
        out: &mut ::wharf::flat::__private::Out<'_, 'a>,
    ) -> ::core::result::Result<usize, ::wharf::flat::__private::Stop> {
        let present = 0_u128
            | (<::wharf::flat::__private::Required<
                String,
            > as ::wharf::flat::Value>::presence(
                &self.name,
                <::wharf::flat::__private::Required<
                    String,
                > as ::wharf::flat::Value>::DEFAULT,
            ) << 0usize)
            | (<i32 as ::wharf::flat::Value>::presence(
                &self.width,
                {
                    const DEFAULT: <i32 as ::wharf::flat::Value>::Default = 90;
                    DEFAULT
                },
            ) << 1usize)
            | (<Option<
                Lock,
            > as ::wharf::flat::Value>::presence(
                &self.lock,
                <Option<Lock> as ::wharf::flat::Value>::DEFAULT,
            ) << 3usize)
            | (<bool as ::wharf::flat::Value>::presence(
                &self.open,
                <bool as ::wharf::flat::Value>::DEFAULT,
            ) << 5usize)
            | (<Option<
                Vec<Room>,
            > as ::wharf::flat::Value>::presence(
                &self.rooms,
                <Option<Vec<Room>> as ::wharf::flat::Value>::DEFAULT,
            ) << 6usize);
        let spot = out.table(<Self as ::wharf::flat::Table>::LAYOUT, present)?;
        if (present >> 0usize) & 1 != 0 {
            <::wharf::flat::__private::Required<
                String,
            > as ::wharf::flat::Value>::put(&self.name, out, spot, 0usize)?;
        }
        if (present >> 1usize) & 1 != 0 {
            <i32 as ::wharf::flat::Value>::put(&self.width, out, spot, 1usize)?;
        }
        if (present >> 3usize) & 1 != 0 {
            <Option<Lock> as ::wharf::flat::Value>::put(&self.lock, out, spot, 3usize)?;
        }
        if (present >> 5usize) & 1 != 0 {
            <bool as ::wharf::flat::Value>::put(&self.open, out, spot, 5usize)?;
        }
        if (present >> 6usize) & 1 != 0 {
            out.with_style(1usize, true, false);
            <Option<
                Vec<Room>,
            > as ::wharf::flat::Value>::put(&self.rooms, out, spot, 6usize)?;
            out.with_style(1, false, false);
        }
        ::core::result::Result::Ok(out.position(spot))
    }
    #[inline]
    fn edit(buf: &mut [u8], pos: usize) -> DoorMut<'_> {
        DoorMut(::wharf::flat::__private::TableMut::new(buf, pos))
    }
    #[inline]
    fn order(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
        ::core::option::Option::Some(::wharf::flat::Key::order(&self.name, &other.name))
    }
}
#[automatically_derived]
impl ::wharf::flat::Keyed for Door {
    type Key = String;
    #[inline]
    fn key(&self) -> &String {
        &self.name
    }
    #[inline]
    fn order_at(
        buf: &[u8],
        at: usize,
        probe: &<String as ::wharf::flat::Key>::Probe,
    ) -> ::core::result::Result<::core::cmp::Ordering, ::wharf::flat::Error> {
        ::wharf::flat::__private::order_table::<
            String,
        >(buf, at, 0usize, ::core::option::Option::None, probe)
    }
}
const _: () = ::core::assert!(
    < ::wharf::flat::__private::Required < String > as ::wharf::flat::Value > ::SLOTS ==
    1usize, "`name` holds unions: say #[flat(union)]"
);
const _: () = ::core::assert!(
    < i32 as ::wharf::flat::Value > ::SLOTS == 1usize,
    "`width` holds unions: say #[flat(union)]"
);
const _: () = ::core::assert!(
    < Option < Lock > as ::wharf::flat::Value > ::SLOTS == 2usize,
    "`lock` holds no union"
);
const _: () = ::core::assert!(
    < bool as ::wharf::flat::Value > ::SLOTS == 1usize,
    "`open` holds unions: say #[flat(union)]"
);
const _: () = ::core::assert!(
    < Option < Vec < Room > > as ::wharf::flat::Value > ::SLOTS == 1usize,
    "`rooms` holds unions: say #[flat(union)]"
);
const _: fn() = || {
    fn sorted_by_key<T: ::wharf::flat::Keyed>() {}
    sorted_by_key::<Room>();
};
