pub use root::*;

const _: () = ::planus::check_version_compatibility("planus-1.3.0");

/// The root namespace
///
/// Generated from these locations:
/// * File `bench.fbs`
#[no_implicit_prelude]
#[allow(clippy::needless_lifetimes)]
mod root {
    /// The namespace `benchfb`
    ///
    /// Generated from these locations:
    /// * File `bench.fbs`
    pub mod benchfb {
        /// The struct `Foo` in the namespace `benchfb`
        ///
        /// Generated from these locations:
        /// * Struct `Foo` in the file `bench.fbs:3`
        #[derive(Copy, Clone, Debug, PartialEq, PartialOrd, Eq, Ord, Hash, Default)]
        pub struct Foo {
            /// The field `id` in the struct `Foo`
            pub id: u64,

            /// The field `count` in the struct `Foo`
            pub count: i16,

            /// The field `prefix` in the struct `Foo`
            pub prefix: i8,

            /// The field `length` in the struct `Foo`
            pub length: u32,
        }

        /// # Safety
        /// The Planus compiler correctly calculates `ALIGNMENT` and `SIZE`.
        unsafe impl ::planus::Primitive for Foo {
            const ALIGNMENT: usize = 8;
            const SIZE: usize = 16;
        }

        #[allow(clippy::identity_op)]
        impl ::planus::WriteAsPrimitive<Foo> for Foo {
            #[inline]
            fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
                let (cur, cursor) = cursor.split::<8, 8>();
                self.id.write(cur, buffer_position - 0);
                let (cur, cursor) = cursor.split::<2, 6>();
                self.count.write(cur, buffer_position - 8);
                let (cur, cursor) = cursor.split::<1, 5>();
                self.prefix.write(cur, buffer_position - 10);
                let cursor = cursor.write::<1, 4>([0; 1]);
                let (cur, cursor) = cursor.split::<4, 0>();
                self.length.write(cur, buffer_position - 12);
                cursor.finish([]);
            }
        }

        impl ::planus::WriteAsOffset<Foo> for Foo {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Foo> {
                unsafe {
                    builder.write_with(16, 7, |buffer_position, bytes| {
                        let bytes = bytes.as_mut_ptr();

                        ::planus::WriteAsPrimitive::write(
                            self,
                            ::planus::Cursor::new(&mut *(bytes as *mut [::core::mem::MaybeUninit<u8>; 16])),
                            buffer_position,
                        );
                    });
                }
                builder.current_offset()
            }
        }

        impl ::planus::WriteAs<Foo> for Foo {
            type Prepared = Self;
            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> Self {
                *self
            }
        }

        impl ::planus::WriteAsOptional<Foo> for Foo {
            type Prepared = Self;
            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(*self)
            }
        }

        /// Reference to a deserialized [Foo].
        #[derive(Copy, Clone)]
        pub struct FooRef<'a>(::planus::ArrayWithStartOffset<'a, 16>);

        impl<'a> FooRef<'a> {
            /// Getter for the [`id` field](Foo#structfield.id).
            pub fn id(&self) -> u64 {
                let buffer = self.0.advance_as_array::<8>(0).unwrap();

                u64::from_le_bytes(*buffer.as_array())
            }

            /// Getter for the [`count` field](Foo#structfield.count).
            pub fn count(&self) -> i16 {
                let buffer = self.0.advance_as_array::<2>(8).unwrap();

                i16::from_le_bytes(*buffer.as_array())
            }

            /// Getter for the [`prefix` field](Foo#structfield.prefix).
            pub fn prefix(&self) -> i8 {
                let buffer = self.0.advance_as_array::<1>(10).unwrap();

                i8::from_le_bytes(*buffer.as_array())
            }

            /// Getter for the [`length` field](Foo#structfield.length).
            pub fn length(&self) -> u32 {
                let buffer = self.0.advance_as_array::<4>(12).unwrap();

                u32::from_le_bytes(*buffer.as_array())
            }
        }

        impl<'a> ::core::fmt::Debug for FooRef<'a> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut f = f.debug_struct("FooRef");
                f.field("id", &self.id());
                f.field("count", &self.count());
                f.field("prefix", &self.prefix());
                f.field("length", &self.length());
                f.finish()
            }
        }

        impl<'a> ::core::convert::From<::planus::ArrayWithStartOffset<'a, 16>> for FooRef<'a> {
            fn from(array: ::planus::ArrayWithStartOffset<'a, 16>) -> Self {
                Self(array)
            }
        }

        impl<'a> ::core::convert::From<FooRef<'a>> for Foo {
            #[allow(unreachable_code)]
            fn from(value: FooRef<'a>) -> Self {
                Self { id: value.id(), count: value.count(), prefix: value.prefix(), length: value.length() }
            }
        }

        impl<'a, 'b> ::core::cmp::PartialEq<FooRef<'a>> for FooRef<'b> {
            fn eq(&self, other: &FooRef<'_>) -> bool {
                self.id() == other.id()
                    && self.count() == other.count()
                    && self.prefix() == other.prefix()
                    && self.length() == other.length()
            }
        }

        impl<'a> ::core::cmp::Eq for FooRef<'a> {}
        impl<'a, 'b> ::core::cmp::PartialOrd<FooRef<'a>> for FooRef<'b> {
            fn partial_cmp(&self, other: &FooRef<'_>) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(::core::cmp::Ord::cmp(self, other))
            }
        }

        impl<'a> ::core::cmp::Ord for FooRef<'a> {
            fn cmp(&self, other: &FooRef<'_>) -> ::core::cmp::Ordering {
                self.id()
                    .cmp(&other.id())
                    .then_with(|| self.count().cmp(&other.count()))
                    .then_with(|| self.prefix().cmp(&other.prefix()))
                    .then_with(|| self.length().cmp(&other.length()))
            }
        }

        impl<'a> ::core::hash::Hash for FooRef<'a> {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                self.id().hash(state);
                self.count().hash(state);
                self.prefix().hash(state);
                self.length().hash(state);
            }
        }

        impl<'a> ::planus::TableRead<'a> for FooRef<'a> {
            #[inline]
            fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                offset: usize,
            ) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
                let buffer = buffer.advance_as_array::<16>(offset)?;
                ::core::result::Result::Ok(Self(buffer))
            }
        }

        impl<'a> ::planus::VectorRead<'a> for FooRef<'a> {
            const STRIDE: usize = 16;

            #[inline]
            unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> Self {
                Self(unsafe { buffer.unchecked_advance_as_array(offset) })
            }
        }

        /// # Safety
        /// The planus compiler generates implementations that initialize
        /// the bytes in `write_values`.
        unsafe impl ::planus::VectorWrite<Foo> for Foo {
            const STRIDE: usize = 16;

            type Value = Foo;

            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> Self::Value {
                *self
            }

            #[inline]
            unsafe fn write_values(values: &[Foo], bytes: *mut ::core::mem::MaybeUninit<u8>, buffer_position: u32) {
                let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 16];
                for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
                    ::planus::WriteAsPrimitive::write(
                        v,
                        ::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
                        buffer_position - (16 * i) as u32,
                    );
                }
            }
        }

        /// The struct `Bar` in the namespace `benchfb`
        ///
        /// Generated from these locations:
        /// * Struct `Bar` in the file `bench.fbs:4`
        #[derive(Copy, Clone, Debug, PartialEq, PartialOrd, Default)]
        pub struct Bar {
            /// The field `parent` in the struct `Bar`
            pub parent: self::Foo,

            /// The field `time` in the struct `Bar`
            pub time: i32,

            /// The field `ratio` in the struct `Bar`
            pub ratio: f32,

            /// The field `size` in the struct `Bar`
            pub size: u16,
        }

        /// # Safety
        /// The Planus compiler correctly calculates `ALIGNMENT` and `SIZE`.
        unsafe impl ::planus::Primitive for Bar {
            const ALIGNMENT: usize = 8;
            const SIZE: usize = 32;
        }

        #[allow(clippy::identity_op)]
        impl ::planus::WriteAsPrimitive<Bar> for Bar {
            #[inline]
            fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
                let (cur, cursor) = cursor.split::<16, 16>();
                self.parent.write(cur, buffer_position - 0);
                let (cur, cursor) = cursor.split::<4, 12>();
                self.time.write(cur, buffer_position - 16);
                let (cur, cursor) = cursor.split::<4, 8>();
                self.ratio.write(cur, buffer_position - 20);
                let (cur, cursor) = cursor.split::<2, 6>();
                self.size.write(cur, buffer_position - 24);
                let cursor = cursor.write::<6, 0>([0; 6]);
                cursor.finish([]);
            }
        }

        impl ::planus::WriteAsOffset<Bar> for Bar {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Bar> {
                unsafe {
                    builder.write_with(32, 7, |buffer_position, bytes| {
                        let bytes = bytes.as_mut_ptr();

                        ::planus::WriteAsPrimitive::write(
                            self,
                            ::planus::Cursor::new(&mut *(bytes as *mut [::core::mem::MaybeUninit<u8>; 32])),
                            buffer_position,
                        );
                    });
                }
                builder.current_offset()
            }
        }

        impl ::planus::WriteAs<Bar> for Bar {
            type Prepared = Self;
            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> Self {
                *self
            }
        }

        impl ::planus::WriteAsOptional<Bar> for Bar {
            type Prepared = Self;
            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(*self)
            }
        }

        /// Reference to a deserialized [Bar].
        #[derive(Copy, Clone)]
        pub struct BarRef<'a>(::planus::ArrayWithStartOffset<'a, 32>);

        impl<'a> BarRef<'a> {
            /// Getter for the [`parent` field](Bar#structfield.parent).
            pub fn parent(&self) -> self::FooRef<'a> {
                let buffer = self.0.advance_as_array::<16>(0).unwrap();

                ::core::convert::From::from(buffer)
            }

            /// Getter for the [`time` field](Bar#structfield.time).
            pub fn time(&self) -> i32 {
                let buffer = self.0.advance_as_array::<4>(16).unwrap();

                i32::from_le_bytes(*buffer.as_array())
            }

            /// Getter for the [`ratio` field](Bar#structfield.ratio).
            pub fn ratio(&self) -> f32 {
                let buffer = self.0.advance_as_array::<4>(20).unwrap();

                f32::from_le_bytes(*buffer.as_array())
            }

            /// Getter for the [`size` field](Bar#structfield.size).
            pub fn size(&self) -> u16 {
                let buffer = self.0.advance_as_array::<2>(24).unwrap();

                u16::from_le_bytes(*buffer.as_array())
            }
        }

        impl<'a> ::core::fmt::Debug for BarRef<'a> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut f = f.debug_struct("BarRef");
                f.field("parent", &self.parent());
                f.field("time", &self.time());
                f.field("ratio", &self.ratio());
                f.field("size", &self.size());
                f.finish()
            }
        }

        impl<'a> ::core::convert::From<::planus::ArrayWithStartOffset<'a, 32>> for BarRef<'a> {
            fn from(array: ::planus::ArrayWithStartOffset<'a, 32>) -> Self {
                Self(array)
            }
        }

        impl<'a> ::core::convert::From<BarRef<'a>> for Bar {
            #[allow(unreachable_code)]
            fn from(value: BarRef<'a>) -> Self {
                Self {
                    parent: ::core::convert::From::from(value.parent()),
                    time: value.time(),
                    ratio: value.ratio(),
                    size: value.size(),
                }
            }
        }

        impl<'a, 'b> ::core::cmp::PartialEq<BarRef<'a>> for BarRef<'b> {
            fn eq(&self, other: &BarRef<'_>) -> bool {
                self.parent() == other.parent()
                    && self.time() == other.time()
                    && self.ratio() == other.ratio()
                    && self.size() == other.size()
            }
        }

        impl<'a, 'b> ::core::cmp::PartialOrd<BarRef<'a>> for BarRef<'b> {
            fn partial_cmp(&self, other: &BarRef<'_>) -> ::core::option::Option<::core::cmp::Ordering> {
                match self.parent().partial_cmp(&other.parent()) {
                    ::core::option::Option::Some(::core::cmp::Ordering::Equal) => (),
                    o => return o,
                }

                match self.time().partial_cmp(&other.time()) {
                    ::core::option::Option::Some(::core::cmp::Ordering::Equal) => (),
                    o => return o,
                }

                match self.ratio().partial_cmp(&other.ratio()) {
                    ::core::option::Option::Some(::core::cmp::Ordering::Equal) => (),
                    o => return o,
                }

                self.size().partial_cmp(&other.size())
            }
        }

        impl<'a> ::planus::TableRead<'a> for BarRef<'a> {
            #[inline]
            fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                offset: usize,
            ) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
                let buffer = buffer.advance_as_array::<32>(offset)?;
                ::core::result::Result::Ok(Self(buffer))
            }
        }

        impl<'a> ::planus::VectorRead<'a> for BarRef<'a> {
            const STRIDE: usize = 32;

            #[inline]
            unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> Self {
                Self(unsafe { buffer.unchecked_advance_as_array(offset) })
            }
        }

        /// # Safety
        /// The planus compiler generates implementations that initialize
        /// the bytes in `write_values`.
        unsafe impl ::planus::VectorWrite<Bar> for Bar {
            const STRIDE: usize = 32;

            type Value = Bar;

            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> Self::Value {
                *self
            }

            #[inline]
            unsafe fn write_values(values: &[Bar], bytes: *mut ::core::mem::MaybeUninit<u8>, buffer_position: u32) {
                let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 32];
                for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
                    ::planus::WriteAsPrimitive::write(
                        v,
                        ::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
                        buffer_position - (32 * i) as u32,
                    );
                }
            }
        }

        /// The table `FooBar` in the namespace `benchfb`
        ///
        /// Generated from these locations:
        /// * Table `FooBar` in the file `bench.fbs:5`
        pub struct FooBar {
            /// The field `sibling` in the table `FooBar`
            pub sibling: ::core::option::Option<self::Bar>,
            /// The field `name` in the table `FooBar`
            pub name: ::core::option::Option<::planus::alloc::string::String>,
            /// The field `rating` in the table `FooBar`
            pub rating: f64,
            /// The field `postfix` in the table `FooBar`
            pub postfix: u8,
        }

        #[allow(clippy::derivable_impls)]
        impl ::core::default::Default for FooBar {
            fn default() -> Self {
                Self {
                    sibling: ::core::default::Default::default(),
                    name: ::core::default::Default::default(),
                    rating: 0.0,
                    postfix: 0,
                }
            }
        }

        impl FooBar {
            /// Creates a [FooBarBuilder] for serializing an instance of this table.
            #[inline]
            pub fn builder() -> FooBarBuilder<()> {
                FooBarBuilder(())
            }

            #[allow(clippy::too_many_arguments)]
            pub fn create(
                builder: &mut ::planus::Builder,
                field_sibling: impl ::planus::WriteAsOptional<self::Bar>,
                field_name: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
                field_rating: impl ::planus::WriteAsDefault<f64, f64>,
                field_postfix: impl ::planus::WriteAsDefault<u8, u8>,
            ) -> ::planus::Offset<Self> {
                let prepared_sibling = field_sibling.prepare(builder);
                let prepared_name = field_name.prepare(builder);
                let prepared_rating = field_rating.prepare(builder, &0.0);
                let prepared_postfix = field_postfix.prepare(builder, &0);

                let mut table_writer: ::planus::table_writer::TableWriter<12> = ::core::default::Default::default();
                if prepared_sibling.is_some() {
                    table_writer.write_entry::<self::Bar>(0);
                }
                if prepared_rating.is_some() {
                    table_writer.write_entry::<f64>(2);
                }
                if prepared_name.is_some() {
                    table_writer.write_entry::<::planus::Offset<str>>(1);
                }
                if prepared_postfix.is_some() {
                    table_writer.write_entry::<u8>(3);
                }

                unsafe {
                    table_writer.finish(builder, |object_writer| {
                        if let ::core::option::Option::Some(prepared_sibling) = prepared_sibling {
                            object_writer.write::<_, _, 32>(&prepared_sibling);
                        }
                        if let ::core::option::Option::Some(prepared_rating) = prepared_rating {
                            object_writer.write::<_, _, 8>(&prepared_rating);
                        }
                        if let ::core::option::Option::Some(prepared_name) = prepared_name {
                            object_writer.write::<_, _, 4>(&prepared_name);
                        }
                        if let ::core::option::Option::Some(prepared_postfix) = prepared_postfix {
                            object_writer.write::<_, _, 1>(&prepared_postfix);
                        }
                    });
                }
                builder.current_offset()
            }
        }

        impl ::planus::WriteAs<::planus::Offset<FooBar>> for FooBar {
            type Prepared = ::planus::Offset<Self>;

            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<FooBar> {
                ::planus::WriteAsOffset::prepare(self, builder)
            }
        }

        impl ::planus::WriteAsOptional<::planus::Offset<FooBar>> for FooBar {
            type Prepared = ::planus::Offset<Self>;

            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<FooBar>> {
                ::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
            }
        }

        impl ::planus::WriteAsOffset<FooBar> for FooBar {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<FooBar> {
                FooBar::create(builder, self.sibling, &self.name, self.rating, self.postfix)
            }
        }

        /// Builder for serializing an instance of the [FooBar] type.
        ///
        /// Can be created using the [FooBar::builder] method.
        #[derive(Debug)]
        #[must_use]
        pub struct FooBarBuilder<State>(State);

        impl FooBarBuilder<()> {
            /// Setter for the [`sibling` field](FooBar#structfield.sibling).
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn sibling<T0>(self, value: T0) -> FooBarBuilder<(T0,)>
            where
                T0: ::planus::WriteAsOptional<self::Bar>,
            {
                FooBarBuilder((value,))
            }

            /// Sets the [`sibling` field](FooBar#structfield.sibling) to null.
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn sibling_as_null(self) -> FooBarBuilder<((),)> {
                self.sibling(())
            }
        }

        impl<T0> FooBarBuilder<(T0,)> {
            /// Setter for the [`name` field](FooBar#structfield.name).
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn name<T1>(self, value: T1) -> FooBarBuilder<(T0, T1)>
            where
                T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
            {
                let (v0,) = self.0;
                FooBarBuilder((v0, value))
            }

            /// Sets the [`name` field](FooBar#structfield.name) to null.
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn name_as_null(self) -> FooBarBuilder<(T0, ())> {
                self.name(())
            }
        }

        impl<T0, T1> FooBarBuilder<(T0, T1)> {
            /// Setter for the [`rating` field](FooBar#structfield.rating).
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn rating<T2>(self, value: T2) -> FooBarBuilder<(T0, T1, T2)>
            where
                T2: ::planus::WriteAsDefault<f64, f64>,
            {
                let (v0, v1) = self.0;
                FooBarBuilder((v0, v1, value))
            }

            /// Sets the [`rating` field](FooBar#structfield.rating) to the default value.
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn rating_as_default(self) -> FooBarBuilder<(T0, T1, ::planus::DefaultValue)> {
                self.rating(::planus::DefaultValue)
            }
        }

        impl<T0, T1, T2> FooBarBuilder<(T0, T1, T2)> {
            /// Setter for the [`postfix` field](FooBar#structfield.postfix).
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn postfix<T3>(self, value: T3) -> FooBarBuilder<(T0, T1, T2, T3)>
            where
                T3: ::planus::WriteAsDefault<u8, u8>,
            {
                let (v0, v1, v2) = self.0;
                FooBarBuilder((v0, v1, v2, value))
            }

            /// Sets the [`postfix` field](FooBar#structfield.postfix) to the default value.
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn postfix_as_default(self) -> FooBarBuilder<(T0, T1, T2, ::planus::DefaultValue)> {
                self.postfix(::planus::DefaultValue)
            }
        }

        impl<T0, T1, T2, T3> FooBarBuilder<(T0, T1, T2, T3)> {
            /// Finish writing the builder to get an [Offset](::planus::Offset) to a serialized [FooBar].
            #[inline]
            pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<FooBar>
            where
                Self: ::planus::WriteAsOffset<FooBar>,
            {
                ::planus::WriteAsOffset::prepare(&self, builder)
            }
        }

        impl<
            T0: ::planus::WriteAsOptional<self::Bar>,
            T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
            T2: ::planus::WriteAsDefault<f64, f64>,
            T3: ::planus::WriteAsDefault<u8, u8>,
        > ::planus::WriteAs<::planus::Offset<FooBar>> for FooBarBuilder<(T0, T1, T2, T3)>
        {
            type Prepared = ::planus::Offset<FooBar>;

            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<FooBar> {
                ::planus::WriteAsOffset::prepare(self, builder)
            }
        }

        impl<
            T0: ::planus::WriteAsOptional<self::Bar>,
            T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
            T2: ::planus::WriteAsDefault<f64, f64>,
            T3: ::planus::WriteAsDefault<u8, u8>,
        > ::planus::WriteAsOptional<::planus::Offset<FooBar>> for FooBarBuilder<(T0, T1, T2, T3)>
        {
            type Prepared = ::planus::Offset<FooBar>;

            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<FooBar>> {
                ::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
            }
        }

        impl<
            T0: ::planus::WriteAsOptional<self::Bar>,
            T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
            T2: ::planus::WriteAsDefault<f64, f64>,
            T3: ::planus::WriteAsDefault<u8, u8>,
        > ::planus::WriteAsOffset<FooBar> for FooBarBuilder<(T0, T1, T2, T3)>
        {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<FooBar> {
                let (v0, v1, v2, v3) = &self.0;
                FooBar::create(builder, v0, v1, v2, v3)
            }
        }

        /// Reference to a deserialized [FooBar].
        #[derive(Copy, Clone)]
        pub struct FooBarRef<'a>(#[allow(dead_code)] ::planus::table_reader::Table<'a>);

        impl<'a> FooBarRef<'a> {
            /// Getter for the [`sibling` field](FooBar#structfield.sibling).
            #[inline]
            pub fn sibling(&self) -> ::planus::Result<::core::option::Option<self::BarRef<'a>>> {
                self.0.access(0, "FooBar", "sibling")
            }

            /// Getter for the [`name` field](FooBar#structfield.name).
            #[inline]
            pub fn name(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
                self.0.access(1, "FooBar", "name")
            }

            /// Getter for the [`rating` field](FooBar#structfield.rating).
            #[inline]
            pub fn rating(&self) -> ::planus::Result<f64> {
                ::core::result::Result::Ok(self.0.access(2, "FooBar", "rating")?.unwrap_or(0.0))
            }

            /// Getter for the [`postfix` field](FooBar#structfield.postfix).
            #[inline]
            pub fn postfix(&self) -> ::planus::Result<u8> {
                ::core::result::Result::Ok(self.0.access(3, "FooBar", "postfix")?.unwrap_or(0))
            }
        }

        impl<'a> ::core::fmt::Debug for FooBarRef<'a> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut f = f.debug_struct("FooBarRef");
                if let ::core::option::Option::Some(field_sibling) = self.sibling().transpose() {
                    f.field("sibling", &field_sibling);
                }
                if let ::core::option::Option::Some(field_name) = self.name().transpose() {
                    f.field("name", &field_name);
                }
                f.field("rating", &self.rating());
                f.field("postfix", &self.postfix());
                f.finish()
            }
        }

        impl<'a> ::core::convert::TryFrom<FooBarRef<'a>> for FooBar {
            type Error = ::planus::Error;

            #[allow(unreachable_code)]
            fn try_from(value: FooBarRef<'a>) -> ::planus::Result<Self> {
                ::core::result::Result::Ok(Self {
                    sibling: value.sibling()?.map(::core::convert::Into::into),
                    name: value.name()?.map(::core::convert::Into::into),
                    rating: ::core::convert::TryInto::try_into(value.rating()?)?,
                    postfix: ::core::convert::TryInto::try_into(value.postfix()?)?,
                })
            }
        }

        impl<'a> ::planus::TableRead<'a> for FooBarRef<'a> {
            #[inline]
            fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                offset: usize,
            ) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
                ::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
            }
        }

        impl<'a> ::planus::VectorReadInner<'a> for FooBarRef<'a> {
            type Error = ::planus::Error;
            const STRIDE: usize = 4;

            unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
                ::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| {
                    error_kind.with_error_location("[FooBarRef]", "get", buffer.offset_from_start)
                })
            }
        }

        /// # Safety
        /// The planus compiler generates implementations that initialize
        /// the bytes in `write_values`.
        unsafe impl ::planus::VectorWrite<::planus::Offset<FooBar>> for FooBar {
            type Value = ::planus::Offset<FooBar>;
            const STRIDE: usize = 4;
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
                ::planus::WriteAs::prepare(self, builder)
            }

            #[inline]
            unsafe fn write_values(
                values: &[::planus::Offset<FooBar>],
                bytes: *mut ::core::mem::MaybeUninit<u8>,
                buffer_position: u32,
            ) {
                let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
                for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
                    ::planus::WriteAsPrimitive::write(
                        v,
                        ::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
                        buffer_position - (Self::STRIDE * i) as u32,
                    );
                }
            }
        }

        impl<'a> ::planus::ReadAsRoot<'a> for FooBarRef<'a> {
            fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
                ::planus::TableRead::from_buffer(
                    ::planus::SliceWithStartOffset { buffer: slice, offset_from_start: 0 },
                    0,
                )
                .map_err(|error_kind| error_kind.with_error_location("[FooBarRef]", "read_as_root", 0))
            }
        }

        /// The table `FooBarContainer` in the namespace `benchfb`
        ///
        /// Generated from these locations:
        /// * Table `FooBarContainer` in the file `bench.fbs:6`
        pub struct FooBarContainer {
            /// The field `list` in the table `FooBarContainer`
            pub list: ::core::option::Option<::planus::alloc::vec::Vec<self::FooBar>>,
            /// The field `initialized` in the table `FooBarContainer`
            pub initialized: bool,
            /// The field `fruit` in the table `FooBarContainer`
            pub fruit: i16,
            /// The field `location` in the table `FooBarContainer`
            pub location: ::core::option::Option<::planus::alloc::string::String>,
        }

        #[allow(clippy::derivable_impls)]
        impl ::core::default::Default for FooBarContainer {
            fn default() -> Self {
                Self {
                    list: ::core::default::Default::default(),
                    initialized: false,
                    fruit: 0,
                    location: ::core::default::Default::default(),
                }
            }
        }

        impl FooBarContainer {
            /// Creates a [FooBarContainerBuilder] for serializing an instance of this table.
            #[inline]
            pub fn builder() -> FooBarContainerBuilder<()> {
                FooBarContainerBuilder(())
            }

            #[allow(clippy::too_many_arguments)]
            pub fn create(
                builder: &mut ::planus::Builder,
                field_list: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::FooBar>]>>,
                field_initialized: impl ::planus::WriteAsDefault<bool, bool>,
                field_fruit: impl ::planus::WriteAsDefault<i16, i16>,
                field_location: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
            ) -> ::planus::Offset<Self> {
                let prepared_list = field_list.prepare(builder);
                let prepared_initialized = field_initialized.prepare(builder, &false);
                let prepared_fruit = field_fruit.prepare(builder, &0);
                let prepared_location = field_location.prepare(builder);

                let mut table_writer: ::planus::table_writer::TableWriter<12> = ::core::default::Default::default();
                if prepared_list.is_some() {
                    table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::FooBar>]>>(0);
                }
                if prepared_location.is_some() {
                    table_writer.write_entry::<::planus::Offset<str>>(3);
                }
                if prepared_fruit.is_some() {
                    table_writer.write_entry::<i16>(2);
                }
                if prepared_initialized.is_some() {
                    table_writer.write_entry::<bool>(1);
                }

                unsafe {
                    table_writer.finish(builder, |object_writer| {
                        if let ::core::option::Option::Some(prepared_list) = prepared_list {
                            object_writer.write::<_, _, 4>(&prepared_list);
                        }
                        if let ::core::option::Option::Some(prepared_location) = prepared_location {
                            object_writer.write::<_, _, 4>(&prepared_location);
                        }
                        if let ::core::option::Option::Some(prepared_fruit) = prepared_fruit {
                            object_writer.write::<_, _, 2>(&prepared_fruit);
                        }
                        if let ::core::option::Option::Some(prepared_initialized) = prepared_initialized {
                            object_writer.write::<_, _, 1>(&prepared_initialized);
                        }
                    });
                }
                builder.current_offset()
            }
        }

        impl ::planus::WriteAs<::planus::Offset<FooBarContainer>> for FooBarContainer {
            type Prepared = ::planus::Offset<Self>;

            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<FooBarContainer> {
                ::planus::WriteAsOffset::prepare(self, builder)
            }
        }

        impl ::planus::WriteAsOptional<::planus::Offset<FooBarContainer>> for FooBarContainer {
            type Prepared = ::planus::Offset<Self>;

            #[inline]
            fn prepare(
                &self,
                builder: &mut ::planus::Builder,
            ) -> ::core::option::Option<::planus::Offset<FooBarContainer>> {
                ::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
            }
        }

        impl ::planus::WriteAsOffset<FooBarContainer> for FooBarContainer {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<FooBarContainer> {
                FooBarContainer::create(builder, &self.list, self.initialized, self.fruit, &self.location)
            }
        }

        /// Builder for serializing an instance of the [FooBarContainer] type.
        ///
        /// Can be created using the [FooBarContainer::builder] method.
        #[derive(Debug)]
        #[must_use]
        pub struct FooBarContainerBuilder<State>(State);

        impl FooBarContainerBuilder<()> {
            /// Setter for the [`list` field](FooBarContainer#structfield.list).
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn list<T0>(self, value: T0) -> FooBarContainerBuilder<(T0,)>
            where
                T0: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::FooBar>]>>,
            {
                FooBarContainerBuilder((value,))
            }

            /// Sets the [`list` field](FooBarContainer#structfield.list) to null.
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn list_as_null(self) -> FooBarContainerBuilder<((),)> {
                self.list(())
            }
        }

        impl<T0> FooBarContainerBuilder<(T0,)> {
            /// Setter for the [`initialized` field](FooBarContainer#structfield.initialized).
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn initialized<T1>(self, value: T1) -> FooBarContainerBuilder<(T0, T1)>
            where
                T1: ::planus::WriteAsDefault<bool, bool>,
            {
                let (v0,) = self.0;
                FooBarContainerBuilder((v0, value))
            }

            /// Sets the [`initialized` field](FooBarContainer#structfield.initialized) to the default value.
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn initialized_as_default(self) -> FooBarContainerBuilder<(T0, ::planus::DefaultValue)> {
                self.initialized(::planus::DefaultValue)
            }
        }

        impl<T0, T1> FooBarContainerBuilder<(T0, T1)> {
            /// Setter for the [`fruit` field](FooBarContainer#structfield.fruit).
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn fruit<T2>(self, value: T2) -> FooBarContainerBuilder<(T0, T1, T2)>
            where
                T2: ::planus::WriteAsDefault<i16, i16>,
            {
                let (v0, v1) = self.0;
                FooBarContainerBuilder((v0, v1, value))
            }

            /// Sets the [`fruit` field](FooBarContainer#structfield.fruit) to the default value.
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn fruit_as_default(self) -> FooBarContainerBuilder<(T0, T1, ::planus::DefaultValue)> {
                self.fruit(::planus::DefaultValue)
            }
        }

        impl<T0, T1, T2> FooBarContainerBuilder<(T0, T1, T2)> {
            /// Setter for the [`location` field](FooBarContainer#structfield.location).
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn location<T3>(self, value: T3) -> FooBarContainerBuilder<(T0, T1, T2, T3)>
            where
                T3: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
            {
                let (v0, v1, v2) = self.0;
                FooBarContainerBuilder((v0, v1, v2, value))
            }

            /// Sets the [`location` field](FooBarContainer#structfield.location) to null.
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn location_as_null(self) -> FooBarContainerBuilder<(T0, T1, T2, ())> {
                self.location(())
            }
        }

        impl<T0, T1, T2, T3> FooBarContainerBuilder<(T0, T1, T2, T3)> {
            /// Finish writing the builder to get an [Offset](::planus::Offset) to a serialized [FooBarContainer].
            #[inline]
            pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<FooBarContainer>
            where
                Self: ::planus::WriteAsOffset<FooBarContainer>,
            {
                ::planus::WriteAsOffset::prepare(&self, builder)
            }
        }

        impl<
            T0: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::FooBar>]>>,
            T1: ::planus::WriteAsDefault<bool, bool>,
            T2: ::planus::WriteAsDefault<i16, i16>,
            T3: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
        > ::planus::WriteAs<::planus::Offset<FooBarContainer>> for FooBarContainerBuilder<(T0, T1, T2, T3)>
        {
            type Prepared = ::planus::Offset<FooBarContainer>;

            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<FooBarContainer> {
                ::planus::WriteAsOffset::prepare(self, builder)
            }
        }

        impl<
            T0: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::FooBar>]>>,
            T1: ::planus::WriteAsDefault<bool, bool>,
            T2: ::planus::WriteAsDefault<i16, i16>,
            T3: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
        > ::planus::WriteAsOptional<::planus::Offset<FooBarContainer>> for FooBarContainerBuilder<(T0, T1, T2, T3)>
        {
            type Prepared = ::planus::Offset<FooBarContainer>;

            #[inline]
            fn prepare(
                &self,
                builder: &mut ::planus::Builder,
            ) -> ::core::option::Option<::planus::Offset<FooBarContainer>> {
                ::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
            }
        }

        impl<
            T0: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::FooBar>]>>,
            T1: ::planus::WriteAsDefault<bool, bool>,
            T2: ::planus::WriteAsDefault<i16, i16>,
            T3: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
        > ::planus::WriteAsOffset<FooBarContainer> for FooBarContainerBuilder<(T0, T1, T2, T3)>
        {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<FooBarContainer> {
                let (v0, v1, v2, v3) = &self.0;
                FooBarContainer::create(builder, v0, v1, v2, v3)
            }
        }

        /// Reference to a deserialized [FooBarContainer].
        #[derive(Copy, Clone)]
        pub struct FooBarContainerRef<'a>(#[allow(dead_code)] ::planus::table_reader::Table<'a>);

        impl<'a> FooBarContainerRef<'a> {
            /// Getter for the [`list` field](FooBarContainer#structfield.list).
            #[inline]
            pub fn list(
                &self,
            ) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::FooBarRef<'a>>>>>
            {
                self.0.access(0, "FooBarContainer", "list")
            }

            /// Getter for the [`initialized` field](FooBarContainer#structfield.initialized).
            #[inline]
            pub fn initialized(&self) -> ::planus::Result<bool> {
                ::core::result::Result::Ok(self.0.access(1, "FooBarContainer", "initialized")?.unwrap_or(false))
            }

            /// Getter for the [`fruit` field](FooBarContainer#structfield.fruit).
            #[inline]
            pub fn fruit(&self) -> ::planus::Result<i16> {
                ::core::result::Result::Ok(self.0.access(2, "FooBarContainer", "fruit")?.unwrap_or(0))
            }

            /// Getter for the [`location` field](FooBarContainer#structfield.location).
            #[inline]
            pub fn location(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
                self.0.access(3, "FooBarContainer", "location")
            }
        }

        impl<'a> ::core::fmt::Debug for FooBarContainerRef<'a> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut f = f.debug_struct("FooBarContainerRef");
                if let ::core::option::Option::Some(field_list) = self.list().transpose() {
                    f.field("list", &field_list);
                }
                f.field("initialized", &self.initialized());
                f.field("fruit", &self.fruit());
                if let ::core::option::Option::Some(field_location) = self.location().transpose() {
                    f.field("location", &field_location);
                }
                f.finish()
            }
        }

        impl<'a> ::core::convert::TryFrom<FooBarContainerRef<'a>> for FooBarContainer {
            type Error = ::planus::Error;

            #[allow(unreachable_code)]
            fn try_from(value: FooBarContainerRef<'a>) -> ::planus::Result<Self> {
                ::core::result::Result::Ok(Self {
                    list: if let ::core::option::Option::Some(list) = value.list()? {
                        ::core::option::Option::Some(list.to_vec_result()?)
                    } else {
                        ::core::option::Option::None
                    },
                    initialized: ::core::convert::TryInto::try_into(value.initialized()?)?,
                    fruit: ::core::convert::TryInto::try_into(value.fruit()?)?,
                    location: value.location()?.map(::core::convert::Into::into),
                })
            }
        }

        impl<'a> ::planus::TableRead<'a> for FooBarContainerRef<'a> {
            #[inline]
            fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                offset: usize,
            ) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
                ::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
            }
        }

        impl<'a> ::planus::VectorReadInner<'a> for FooBarContainerRef<'a> {
            type Error = ::planus::Error;
            const STRIDE: usize = 4;

            unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
                ::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| {
                    error_kind.with_error_location("[FooBarContainerRef]", "get", buffer.offset_from_start)
                })
            }
        }

        /// # Safety
        /// The planus compiler generates implementations that initialize
        /// the bytes in `write_values`.
        unsafe impl ::planus::VectorWrite<::planus::Offset<FooBarContainer>> for FooBarContainer {
            type Value = ::planus::Offset<FooBarContainer>;
            const STRIDE: usize = 4;
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
                ::planus::WriteAs::prepare(self, builder)
            }

            #[inline]
            unsafe fn write_values(
                values: &[::planus::Offset<FooBarContainer>],
                bytes: *mut ::core::mem::MaybeUninit<u8>,
                buffer_position: u32,
            ) {
                let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
                for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
                    ::planus::WriteAsPrimitive::write(
                        v,
                        ::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
                        buffer_position - (Self::STRIDE * i) as u32,
                    );
                }
            }
        }

        impl<'a> ::planus::ReadAsRoot<'a> for FooBarContainerRef<'a> {
            fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
                ::planus::TableRead::from_buffer(
                    ::planus::SliceWithStartOffset { buffer: slice, offset_from_start: 0 },
                    0,
                )
                .map_err(|error_kind| error_kind.with_error_location("[FooBarContainerRef]", "read_as_root", 0))
            }
        }
    }
}
