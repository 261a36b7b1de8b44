pub use root::*;

const _: () = ::planus::check_version_compatibility("planus-1.3.0");

#[no_implicit_prelude]
#[allow(clippy::needless_lifetimes)]
mod root {
    pub mod features {
        #[derive(
            Copy,
            Clone,
            Debug,
            PartialEq,
            Eq,
            PartialOrd,
            Ord,
            Hash,
        )]
        #[repr(u8)]
        pub enum Color {
            Red = 0,

            Green = 1,

            Blue = 3,
        }

        impl Color {
            pub const ENUM_VALUES: [Self; 3] = [Self::Red, Self::Green, Self::Blue];
        }

        impl ::core::convert::TryFrom<u8> for Color {
            type Error = ::planus::errors::UnknownEnumTagKind;
            #[inline]
            fn try_from(
                value: u8,
            ) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
                #[allow(clippy::match_single_binding)]
                match value {
                    0 => ::core::result::Result::Ok(Color::Red),
                    1 => ::core::result::Result::Ok(Color::Green),
                    3 => ::core::result::Result::Ok(Color::Blue),

                    _ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind {
                        tag: value as i128,
                    }),
                }
            }
        }

        impl ::core::convert::From<Color> for u8 {
            #[inline]
            fn from(value: Color) -> Self {
                value as u8
            }
        }

        unsafe impl ::planus::Primitive for Color {
            const ALIGNMENT: usize = 1;
            const SIZE: usize = 1;
        }

        impl ::planus::WriteAsPrimitive<Color> for Color {
            #[inline]
            fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
                (*self as u8).write(cursor, buffer_position);
            }
        }

        impl ::planus::WriteAs<Color> for Color {
            type Prepared = Self;

            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> Color {
                *self
            }
        }

        impl ::planus::WriteAsDefault<Color, Color> for Color {
            type Prepared = Self;

            #[inline]
            fn prepare(
                &self,
                _builder: &mut ::planus::Builder,
                default: &Color,
            ) -> ::core::option::Option<Color> {
                if self == default {
                    ::core::option::Option::None
                } else {
                    ::core::option::Option::Some(*self)
                }
            }
        }

        impl ::planus::WriteAsOptional<Color> for Color {
            type Prepared = Self;

            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<Color> {
                ::core::option::Option::Some(*self)
            }
        }

        impl<'buf> ::planus::TableRead<'buf> for Color {
            #[inline]
            fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'buf>,
                offset: usize,
            ) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
                let n: u8 = ::planus::TableRead::from_buffer(buffer, offset)?;
                ::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
            }
        }

        impl<'buf> ::planus::VectorReadInner<'buf> for Color {
            type Error = ::planus::errors::UnknownEnumTag;
            const STRIDE: usize = 1;
            #[inline]
            unsafe fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'buf>,
                offset: usize,
            ) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {
                let value = unsafe { *buffer.buffer.get_unchecked(offset) };
                let value: ::core::result::Result<Self, _> =
                    ::core::convert::TryInto::try_into(value);
                value.map_err(|error_kind| {
                    error_kind.with_error_location(
                        "Color",
                        "VectorRead::from_buffer",
                        buffer.offset_from_start,
                    )
                })
            }
        }

        unsafe impl ::planus::VectorWrite<Color> for Color {
            const STRIDE: usize = 1;

            type Value = Self;

            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> Self {
                *self
            }

            #[inline]
            unsafe fn write_values(
                values: &[Self],
                bytes: *mut ::core::mem::MaybeUninit<u8>,
                buffer_position: u32,
            ) {
                let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 1];
                for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
                    ::planus::WriteAsPrimitive::write(
                        v,
                        ::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
                        buffer_position - i as u32,
                    );
                }
            }
        }

        #[derive(
            Copy,
            Clone,
            Debug,
            PartialEq,
            Eq,
            PartialOrd,
            Ord,
            Hash,
        )]
        #[repr(i8)]
        pub enum Mood {
            Grim = -1,

            Calm = 0,

            Glad = 1,
        }

        impl Mood {
            pub const ENUM_VALUES: [Self; 3] = [Self::Grim, Self::Calm, Self::Glad];
        }

        impl ::core::convert::TryFrom<i8> for Mood {
            type Error = ::planus::errors::UnknownEnumTagKind;
            #[inline]
            fn try_from(
                value: i8,
            ) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
                #[allow(clippy::match_single_binding)]
                match value {
                    -1 => ::core::result::Result::Ok(Mood::Grim),
                    0 => ::core::result::Result::Ok(Mood::Calm),
                    1 => ::core::result::Result::Ok(Mood::Glad),

                    _ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind {
                        tag: value as i128,
                    }),
                }
            }
        }

        impl ::core::convert::From<Mood> for i8 {
            #[inline]
            fn from(value: Mood) -> Self {
                value as i8
            }
        }

        unsafe impl ::planus::Primitive for Mood {
            const ALIGNMENT: usize = 1;
            const SIZE: usize = 1;
        }

        impl ::planus::WriteAsPrimitive<Mood> for Mood {
            #[inline]
            fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
                (*self as i8).write(cursor, buffer_position);
            }
        }

        impl ::planus::WriteAs<Mood> for Mood {
            type Prepared = Self;

            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> Mood {
                *self
            }
        }

        impl ::planus::WriteAsDefault<Mood, Mood> for Mood {
            type Prepared = Self;

            #[inline]
            fn prepare(
                &self,
                _builder: &mut ::planus::Builder,
                default: &Mood,
            ) -> ::core::option::Option<Mood> {
                if self == default {
                    ::core::option::Option::None
                } else {
                    ::core::option::Option::Some(*self)
                }
            }
        }

        impl ::planus::WriteAsOptional<Mood> for Mood {
            type Prepared = Self;

            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<Mood> {
                ::core::option::Option::Some(*self)
            }
        }

        impl<'buf> ::planus::TableRead<'buf> for Mood {
            #[inline]
            fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'buf>,
                offset: usize,
            ) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
                let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
                ::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
            }
        }

        impl<'buf> ::planus::VectorReadInner<'buf> for Mood {
            type Error = ::planus::errors::UnknownEnumTag;
            const STRIDE: usize = 1;
            #[inline]
            unsafe fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'buf>,
                offset: usize,
            ) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {
                let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };
                let value: ::core::result::Result<Self, _> =
                    ::core::convert::TryInto::try_into(value);
                value.map_err(|error_kind| {
                    error_kind.with_error_location(
                        "Mood",
                        "VectorRead::from_buffer",
                        buffer.offset_from_start,
                    )
                })
            }
        }

        unsafe impl ::planus::VectorWrite<Mood> for Mood {
            const STRIDE: usize = 1;

            type Value = Self;

            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> Self {
                *self
            }

            #[inline]
            unsafe fn write_values(
                values: &[Self],
                bytes: *mut ::core::mem::MaybeUninit<u8>,
                buffer_position: u32,
            ) {
                let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 1];
                for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
                    ::planus::WriteAsPrimitive::write(
                        v,
                        ::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
                        buffer_position - i as u32,
                    );
                }
            }
        }

        #[derive(
            Copy,
            Clone,
            Debug,
            PartialEq,
            PartialOrd,
            Default,
        )]
        pub struct Vec3 {
            pub x: f32,

            pub y: f32,

            pub z: f32,
        }

        unsafe impl ::planus::Primitive for Vec3 {
            const ALIGNMENT: usize = 4;
            const SIZE: usize = 12;
        }

        #[allow(clippy::identity_op)]
        impl ::planus::WriteAsPrimitive<Vec3> for Vec3 {
            #[inline]
            fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
                let (cur, cursor) = cursor.split::<4, 8>();
                self.x.write(cur, buffer_position - 0);
                let (cur, cursor) = cursor.split::<4, 4>();
                self.y.write(cur, buffer_position - 4);
                let (cur, cursor) = cursor.split::<4, 0>();
                self.z.write(cur, buffer_position - 8);
                cursor.finish([]);
            }
        }

        impl ::planus::WriteAsOffset<Vec3> for Vec3 {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Vec3> {
                unsafe {
                    builder.write_with(12, 3, |buffer_position, bytes| {
                        let bytes = bytes.as_mut_ptr();

                        ::planus::WriteAsPrimitive::write(
                            self,
                            ::planus::Cursor::new(
                                &mut *(bytes as *mut [::core::mem::MaybeUninit<u8>; 12]),
                            ),
                            buffer_position,
                        );
                    });
                }
                builder.current_offset()
            }
        }

        impl ::planus::WriteAs<Vec3> for Vec3 {
            type Prepared = Self;
            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> Self {
                *self
            }
        }

        impl ::planus::WriteAsOptional<Vec3> for Vec3 {
            type Prepared = Self;
            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(*self)
            }
        }

        #[derive(Copy, Clone)]
        pub struct Vec3Ref<'a>(::planus::ArrayWithStartOffset<'a, 12>);

        impl<'a> Vec3Ref<'a> {
            pub fn x(&self) -> f32 {
                let buffer = self.0.advance_as_array::<4>(0).unwrap();

                f32::from_le_bytes(*buffer.as_array())
            }

            pub fn y(&self) -> f32 {
                let buffer = self.0.advance_as_array::<4>(4).unwrap();

                f32::from_le_bytes(*buffer.as_array())
            }

            pub fn z(&self) -> f32 {
                let buffer = self.0.advance_as_array::<4>(8).unwrap();

                f32::from_le_bytes(*buffer.as_array())
            }
        }

        impl<'a> ::core::fmt::Debug for Vec3Ref<'a> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut f = f.debug_struct("Vec3Ref");
                f.field("x", &self.x());
                f.field("y", &self.y());
                f.field("z", &self.z());
                f.finish()
            }
        }

        impl<'a> ::core::convert::From<::planus::ArrayWithStartOffset<'a, 12>> for Vec3Ref<'a> {
            fn from(array: ::planus::ArrayWithStartOffset<'a, 12>) -> Self {
                Self(array)
            }
        }

        impl<'a> ::core::convert::From<Vec3Ref<'a>> for Vec3 {
            #[allow(unreachable_code)]
            fn from(value: Vec3Ref<'a>) -> Self {
                Self {
                    x: value.x(),
                    y: value.y(),
                    z: value.z(),
                }
            }
        }

        impl<'a, 'b> ::core::cmp::PartialEq<Vec3Ref<'a>> for Vec3Ref<'b> {
            fn eq(&self, other: &Vec3Ref<'_>) -> bool {
                self.x() == other.x() && self.y() == other.y() && self.z() == other.z()
            }
        }

        impl<'a, 'b> ::core::cmp::PartialOrd<Vec3Ref<'a>> for Vec3Ref<'b> {
            fn partial_cmp(
                &self,
                other: &Vec3Ref<'_>,
            ) -> ::core::option::Option<::core::cmp::Ordering> {
                match self.x().partial_cmp(&other.x()) {
                    ::core::option::Option::Some(::core::cmp::Ordering::Equal) => (),
                    o => return o,
                }

                match self.y().partial_cmp(&other.y()) {
                    ::core::option::Option::Some(::core::cmp::Ordering::Equal) => (),
                    o => return o,
                }

                self.z().partial_cmp(&other.z())
            }
        }

        impl<'a> ::planus::TableRead<'a> for Vec3Ref<'a> {
            #[inline]
            fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                offset: usize,
            ) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
                let buffer = buffer.advance_as_array::<12>(offset)?;
                ::core::result::Result::Ok(Self(buffer))
            }
        }

        impl<'a> ::planus::VectorRead<'a> for Vec3Ref<'a> {
            const STRIDE: usize = 12;

            #[inline]
            unsafe fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                offset: usize,
            ) -> Self {
                Self(unsafe { buffer.unchecked_advance_as_array(offset) })
            }
        }

        unsafe impl ::planus::VectorWrite<Vec3> for Vec3 {
            const STRIDE: usize = 12;

            type Value = Vec3;

            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> Self::Value {
                *self
            }

            #[inline]
            unsafe fn write_values(
                values: &[Vec3],
                bytes: *mut ::core::mem::MaybeUninit<u8>,
                buffer_position: u32,
            ) {
                let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 12];
                for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
                    ::planus::WriteAsPrimitive::write(
                        v,
                        ::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
                        buffer_position - (12 * i) as u32,
                    );
                }
            }
        }

        #[derive(
            Copy,
            Clone,
            Debug,
            PartialEq,
            PartialOrd,
            Eq,
            Ord,
            Hash,
            Default,
        )]
        pub struct Cell {
            pub tag: u8,

            pub weight: u64,
        }

        unsafe impl ::planus::Primitive for Cell {
            const ALIGNMENT: usize = 8;
            const SIZE: usize = 16;
        }

        #[allow(clippy::identity_op)]
        impl ::planus::WriteAsPrimitive<Cell> for Cell {
            #[inline]
            fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
                let (cur, cursor) = cursor.split::<1, 15>();
                self.tag.write(cur, buffer_position - 0);
                let cursor = cursor.write::<7, 8>([0; 7]);
                let (cur, cursor) = cursor.split::<8, 0>();
                self.weight.write(cur, buffer_position - 8);
                cursor.finish([]);
            }
        }

        impl ::planus::WriteAsOffset<Cell> for Cell {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Cell> {
                unsafe {
                    builder.write_with(16, 7, |buffer_position, bytes| {
                        let bytes = bytes.as_mut_ptr();

                        ::planus::WriteAsPrimitive::write(
                            self,
                            ::planus::Cursor::new(
                                &mut *(bytes as *mut [::core::mem::MaybeUninit<u8>; 16]),
                            ),
                            buffer_position,
                        );
                    });
                }
                builder.current_offset()
            }
        }

        impl ::planus::WriteAs<Cell> for Cell {
            type Prepared = Self;
            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> Self {
                *self
            }
        }

        impl ::planus::WriteAsOptional<Cell> for Cell {
            type Prepared = Self;
            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(*self)
            }
        }

        #[derive(Copy, Clone)]
        pub struct CellRef<'a>(::planus::ArrayWithStartOffset<'a, 16>);

        impl<'a> CellRef<'a> {
            pub fn tag(&self) -> u8 {
                let buffer = self.0.advance_as_array::<1>(0).unwrap();

                u8::from_le_bytes(*buffer.as_array())
            }

            pub fn weight(&self) -> u64 {
                let buffer = self.0.advance_as_array::<8>(8).unwrap();

                u64::from_le_bytes(*buffer.as_array())
            }
        }

        impl<'a> ::core::fmt::Debug for CellRef<'a> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut f = f.debug_struct("CellRef");
                f.field("tag", &self.tag());
                f.field("weight", &self.weight());
                f.finish()
            }
        }

        impl<'a> ::core::convert::From<::planus::ArrayWithStartOffset<'a, 16>> for CellRef<'a> {
            fn from(array: ::planus::ArrayWithStartOffset<'a, 16>) -> Self {
                Self(array)
            }
        }

        impl<'a> ::core::convert::From<CellRef<'a>> for Cell {
            #[allow(unreachable_code)]
            fn from(value: CellRef<'a>) -> Self {
                Self {
                    tag: value.tag(),
                    weight: value.weight(),
                }
            }
        }

        impl<'a, 'b> ::core::cmp::PartialEq<CellRef<'a>> for CellRef<'b> {
            fn eq(&self, other: &CellRef<'_>) -> bool {
                self.tag() == other.tag() && self.weight() == other.weight()
            }
        }

        impl<'a> ::core::cmp::Eq for CellRef<'a> {}
        impl<'a, 'b> ::core::cmp::PartialOrd<CellRef<'a>> for CellRef<'b> {
            fn partial_cmp(
                &self,
                other: &CellRef<'_>,
            ) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(::core::cmp::Ord::cmp(self, other))
            }
        }

        impl<'a> ::core::cmp::Ord for CellRef<'a> {
            fn cmp(&self, other: &CellRef<'_>) -> ::core::cmp::Ordering {
                self.tag()
                    .cmp(&other.tag())
                    .then_with(|| self.weight().cmp(&other.weight()))
            }
        }

        impl<'a> ::core::hash::Hash for CellRef<'a> {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                self.tag().hash(state);
                self.weight().hash(state);
            }
        }

        impl<'a> ::planus::TableRead<'a> for CellRef<'a> {
            #[inline]
            fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                offset: usize,
            ) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
                let buffer = buffer.advance_as_array::<16>(offset)?;
                ::core::result::Result::Ok(Self(buffer))
            }
        }

        impl<'a> ::planus::VectorRead<'a> for CellRef<'a> {
            const STRIDE: usize = 16;

            #[inline]
            unsafe fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                offset: usize,
            ) -> Self {
                Self(unsafe { buffer.unchecked_advance_as_array(offset) })
            }
        }

        unsafe impl ::planus::VectorWrite<Cell> for Cell {
            const STRIDE: usize = 16;

            type Value = Cell;

            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> Self::Value {
                *self
            }

            #[inline]
            unsafe fn write_values(
                values: &[Cell],
                bytes: *mut ::core::mem::MaybeUninit<u8>,
                buffer_position: u32,
            ) {
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

        #[derive(
            Copy,
            Clone,
            Debug,
            PartialEq,
            PartialOrd,
            Eq,
            Ord,
            Hash,
        )]
        pub struct Stats {
            pub id: u64,

            pub cell: self::Cell,

            pub mood: self::Mood,

            pub alive: bool,
        }

        unsafe impl ::planus::Primitive for Stats {
            const ALIGNMENT: usize = 8;
            const SIZE: usize = 32;
        }

        #[allow(clippy::identity_op)]
        impl ::planus::WriteAsPrimitive<Stats> for Stats {
            #[inline]
            fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
                let (cur, cursor) = cursor.split::<8, 24>();
                self.id.write(cur, buffer_position - 0);
                let (cur, cursor) = cursor.split::<16, 8>();
                self.cell.write(cur, buffer_position - 8);
                let (cur, cursor) = cursor.split::<1, 7>();
                self.mood.write(cur, buffer_position - 24);
                let (cur, cursor) = cursor.split::<1, 6>();
                self.alive.write(cur, buffer_position - 25);
                let cursor = cursor.write::<6, 0>([0; 6]);
                cursor.finish([]);
            }
        }

        impl ::planus::WriteAsOffset<Stats> for Stats {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Stats> {
                unsafe {
                    builder.write_with(32, 7, |buffer_position, bytes| {
                        let bytes = bytes.as_mut_ptr();

                        ::planus::WriteAsPrimitive::write(
                            self,
                            ::planus::Cursor::new(
                                &mut *(bytes as *mut [::core::mem::MaybeUninit<u8>; 32]),
                            ),
                            buffer_position,
                        );
                    });
                }
                builder.current_offset()
            }
        }

        impl ::planus::WriteAs<Stats> for Stats {
            type Prepared = Self;
            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> Self {
                *self
            }
        }

        impl ::planus::WriteAsOptional<Stats> for Stats {
            type Prepared = Self;
            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(*self)
            }
        }

        #[derive(Copy, Clone)]
        pub struct StatsRef<'a>(::planus::ArrayWithStartOffset<'a, 32>);

        impl<'a> StatsRef<'a> {
            pub fn id(&self) -> u64 {
                let buffer = self.0.advance_as_array::<8>(0).unwrap();

                u64::from_le_bytes(*buffer.as_array())
            }

            pub fn cell(&self) -> self::CellRef<'a> {
                let buffer = self.0.advance_as_array::<16>(8).unwrap();

                ::core::convert::From::from(buffer)
            }

            pub fn mood(
                &self,
            ) -> ::core::result::Result<self::Mood, ::planus::errors::UnknownEnumTag> {
                let buffer = self.0.advance_as_array::<1>(24).unwrap();

                let value: ::core::result::Result<self::Mood, _> =
                    ::core::convert::TryInto::try_into(i8::from_le_bytes(*buffer.as_array()));
                value.map_err(|e| {
                    e.with_error_location("StatsRef", "mood", buffer.offset_from_start)
                })
            }

            pub fn alive(&self) -> bool {
                let buffer = self.0.advance_as_array::<1>(25).unwrap();

                buffer.as_array()[0] != 0
            }
        }

        impl<'a> ::core::fmt::Debug for StatsRef<'a> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut f = f.debug_struct("StatsRef");
                f.field("id", &self.id());
                f.field("cell", &self.cell());
                f.field("mood", &self.mood());
                f.field("alive", &self.alive());
                f.finish()
            }
        }

        impl<'a> ::core::convert::From<::planus::ArrayWithStartOffset<'a, 32>> for StatsRef<'a> {
            fn from(array: ::planus::ArrayWithStartOffset<'a, 32>) -> Self {
                Self(array)
            }
        }

        impl<'a> ::core::convert::TryFrom<StatsRef<'a>> for Stats {
            type Error = ::planus::Error;

            #[allow(unreachable_code)]
            fn try_from(value: StatsRef<'a>) -> ::planus::Result<Self> {
                ::core::result::Result::Ok(Self {
                    id: value.id(),
                    cell: ::core::convert::Into::into(value.cell()),
                    mood: value.mood()?,
                    alive: value.alive(),
                })
            }
        }

        impl<'a> ::planus::TableRead<'a> for StatsRef<'a> {
            #[inline]
            fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                offset: usize,
            ) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
                let buffer = buffer.advance_as_array::<32>(offset)?;
                ::core::result::Result::Ok(Self(buffer))
            }
        }

        impl<'a> ::planus::VectorRead<'a> for StatsRef<'a> {
            const STRIDE: usize = 32;

            #[inline]
            unsafe fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                offset: usize,
            ) -> Self {
                Self(unsafe { buffer.unchecked_advance_as_array(offset) })
            }
        }

        unsafe impl ::planus::VectorWrite<Stats> for Stats {
            const STRIDE: usize = 32;

            type Value = Stats;

            #[inline]
            fn prepare(&self, _builder: &mut ::planus::Builder) -> Self::Value {
                *self
            }

            #[inline]
            unsafe fn write_values(
                values: &[Stats],
                bytes: *mut ::core::mem::MaybeUninit<u8>,
                buffer_position: u32,
            ) {
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

        #[derive(
            Clone,
            Debug,
            PartialEq,
            PartialOrd,
            Eq,
            Ord,
            Hash,
        )]
        pub struct Weapon {
            pub name: ::planus::alloc::string::String,
            pub damage: i16,
        }

        #[allow(clippy::derivable_impls)]
        impl ::core::default::Default for Weapon {
            fn default() -> Self {
                Self {
                    name: ::core::default::Default::default(),
                    damage: 10,
                }
            }
        }

        impl Weapon {
            #[inline]
            pub fn builder() -> WeaponBuilder<()> {
                WeaponBuilder(())
            }

            #[allow(clippy::too_many_arguments)]
            pub fn create(
                builder: &mut ::planus::Builder,
                field_name: impl ::planus::WriteAs<::planus::Offset<str>>,
                field_damage: impl ::planus::WriteAsDefault<i16, i16>,
            ) -> ::planus::Offset<Self> {
                let prepared_name = field_name.prepare(builder);
                let prepared_damage = field_damage.prepare(builder, &10);

                let mut table_writer: ::planus::table_writer::TableWriter<8> =
                    ::core::default::Default::default();
                table_writer.write_entry::<::planus::Offset<str>>(0);
                if prepared_damage.is_some() {
                    table_writer.write_entry::<i16>(1);
                }

                unsafe {
                    table_writer.finish(builder, |object_writer| {
                        object_writer.write::<_, _, 4>(&prepared_name);
                        if let ::core::option::Option::Some(prepared_damage) = prepared_damage {
                            object_writer.write::<_, _, 2>(&prepared_damage);
                        }
                    });
                }
                builder.current_offset()
            }
        }

        impl ::planus::WriteAs<::planus::Offset<Weapon>> for Weapon {
            type Prepared = ::planus::Offset<Self>;

            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Weapon> {
                ::planus::WriteAsOffset::prepare(self, builder)
            }
        }

        impl ::planus::WriteAsOptional<::planus::Offset<Weapon>> for Weapon {
            type Prepared = ::planus::Offset<Self>;

            #[inline]
            fn prepare(
                &self,
                builder: &mut ::planus::Builder,
            ) -> ::core::option::Option<::planus::Offset<Weapon>> {
                ::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
            }
        }

        impl ::planus::WriteAsOffset<Weapon> for Weapon {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Weapon> {
                Weapon::create(builder, &self.name, self.damage)
            }
        }

        #[derive(Debug)]
        #[must_use]
        pub struct WeaponBuilder<State>(State);

        impl WeaponBuilder<()> {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn name<T0>(self, value: T0) -> WeaponBuilder<(T0,)>
            where
                T0: ::planus::WriteAs<::planus::Offset<str>>,
            {
                WeaponBuilder((value,))
            }
        }

        impl<T0> WeaponBuilder<(T0,)> {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn damage<T1>(self, value: T1) -> WeaponBuilder<(T0, T1)>
            where
                T1: ::planus::WriteAsDefault<i16, i16>,
            {
                let (v0,) = self.0;
                WeaponBuilder((v0, value))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn damage_as_default(self) -> WeaponBuilder<(T0, ::planus::DefaultValue)> {
                self.damage(::planus::DefaultValue)
            }
        }

        impl<T0, T1> WeaponBuilder<(T0, T1)> {
            #[inline]
            pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Weapon>
            where
                Self: ::planus::WriteAsOffset<Weapon>,
            {
                ::planus::WriteAsOffset::prepare(&self, builder)
            }
        }

        impl<
                T0: ::planus::WriteAs<::planus::Offset<str>>,
                T1: ::planus::WriteAsDefault<i16, i16>,
            > ::planus::WriteAs<::planus::Offset<Weapon>> for WeaponBuilder<(T0, T1)>
        {
            type Prepared = ::planus::Offset<Weapon>;

            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Weapon> {
                ::planus::WriteAsOffset::prepare(self, builder)
            }
        }

        impl<
                T0: ::planus::WriteAs<::planus::Offset<str>>,
                T1: ::planus::WriteAsDefault<i16, i16>,
            > ::planus::WriteAsOptional<::planus::Offset<Weapon>> for WeaponBuilder<(T0, T1)>
        {
            type Prepared = ::planus::Offset<Weapon>;

            #[inline]
            fn prepare(
                &self,
                builder: &mut ::planus::Builder,
            ) -> ::core::option::Option<::planus::Offset<Weapon>> {
                ::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
            }
        }

        impl<
                T0: ::planus::WriteAs<::planus::Offset<str>>,
                T1: ::planus::WriteAsDefault<i16, i16>,
            > ::planus::WriteAsOffset<Weapon> for WeaponBuilder<(T0, T1)>
        {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Weapon> {
                let (v0, v1) = &self.0;
                Weapon::create(builder, v0, v1)
            }
        }

        #[derive(Copy, Clone)]
        pub struct WeaponRef<'a>(#[allow(dead_code)] ::planus::table_reader::Table<'a>);

        impl<'a> WeaponRef<'a> {
            #[inline]
            pub fn name(&self) -> ::planus::Result<&'a ::core::primitive::str> {
                self.0.access_required(0, "Weapon", "name")
            }

            #[inline]
            pub fn damage(&self) -> ::planus::Result<i16> {
                ::core::result::Result::Ok(self.0.access(1, "Weapon", "damage")?.unwrap_or(10))
            }
        }

        impl<'a> ::core::fmt::Debug for WeaponRef<'a> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut f = f.debug_struct("WeaponRef");
                f.field("name", &self.name());
                f.field("damage", &self.damage());
                f.finish()
            }
        }

        impl<'a> ::core::convert::TryFrom<WeaponRef<'a>> for Weapon {
            type Error = ::planus::Error;

            #[allow(unreachable_code)]
            fn try_from(value: WeaponRef<'a>) -> ::planus::Result<Self> {
                ::core::result::Result::Ok(Self {
                    name: ::core::convert::Into::into(value.name()?),
                    damage: ::core::convert::TryInto::try_into(value.damage()?)?,
                })
            }
        }

        impl<'a> ::planus::TableRead<'a> for WeaponRef<'a> {
            #[inline]
            fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                offset: usize,
            ) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
                ::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(
                    buffer, offset,
                )?))
            }
        }

        impl<'a> ::planus::VectorReadInner<'a> for WeaponRef<'a> {
            type Error = ::planus::Error;
            const STRIDE: usize = 4;

            unsafe fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                offset: usize,
            ) -> ::planus::Result<Self> {
                ::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| {
                    error_kind.with_error_location("[WeaponRef]", "get", buffer.offset_from_start)
                })
            }
        }

        unsafe impl ::planus::VectorWrite<::planus::Offset<Weapon>> for Weapon {
            type Value = ::planus::Offset<Weapon>;
            const STRIDE: usize = 4;
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
                ::planus::WriteAs::prepare(self, builder)
            }

            #[inline]
            unsafe fn write_values(
                values: &[::planus::Offset<Weapon>],
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

        impl<'a> ::planus::ReadAsRoot<'a> for WeaponRef<'a> {
            fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
                ::planus::TableRead::from_buffer(
                    ::planus::SliceWithStartOffset {
                        buffer: slice,
                        offset_from_start: 0,
                    },
                    0,
                )
                .map_err(|error_kind| {
                    error_kind.with_error_location("[WeaponRef]", "read_as_root", 0)
                })
            }
        }

        #[derive(Clone, Debug, PartialEq, PartialOrd)]
        pub struct Armor {
            pub points: i32,
            pub spot: ::core::option::Option<self::Vec3>,
        }

        #[allow(clippy::derivable_impls)]
        impl ::core::default::Default for Armor {
            fn default() -> Self {
                Self {
                    points: 0,
                    spot: ::core::default::Default::default(),
                }
            }
        }

        impl Armor {
            #[inline]
            pub fn builder() -> ArmorBuilder<()> {
                ArmorBuilder(())
            }

            #[allow(clippy::too_many_arguments)]
            pub fn create(
                builder: &mut ::planus::Builder,
                field_points: impl ::planus::WriteAsDefault<i32, i32>,
                field_spot: impl ::planus::WriteAsOptional<self::Vec3>,
            ) -> ::planus::Offset<Self> {
                let prepared_points = field_points.prepare(builder, &0);
                let prepared_spot = field_spot.prepare(builder);

                let mut table_writer: ::planus::table_writer::TableWriter<8> =
                    ::core::default::Default::default();
                if prepared_points.is_some() {
                    table_writer.write_entry::<i32>(0);
                }
                if prepared_spot.is_some() {
                    table_writer.write_entry::<self::Vec3>(1);
                }

                unsafe {
                    table_writer.finish(builder, |object_writer| {
                        if let ::core::option::Option::Some(prepared_points) = prepared_points {
                            object_writer.write::<_, _, 4>(&prepared_points);
                        }
                        if let ::core::option::Option::Some(prepared_spot) = prepared_spot {
                            object_writer.write::<_, _, 12>(&prepared_spot);
                        }
                    });
                }
                builder.current_offset()
            }
        }

        impl ::planus::WriteAs<::planus::Offset<Armor>> for Armor {
            type Prepared = ::planus::Offset<Self>;

            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Armor> {
                ::planus::WriteAsOffset::prepare(self, builder)
            }
        }

        impl ::planus::WriteAsOptional<::planus::Offset<Armor>> for Armor {
            type Prepared = ::planus::Offset<Self>;

            #[inline]
            fn prepare(
                &self,
                builder: &mut ::planus::Builder,
            ) -> ::core::option::Option<::planus::Offset<Armor>> {
                ::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
            }
        }

        impl ::planus::WriteAsOffset<Armor> for Armor {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Armor> {
                Armor::create(builder, self.points, self.spot)
            }
        }

        #[derive(Debug)]
        #[must_use]
        pub struct ArmorBuilder<State>(State);

        impl ArmorBuilder<()> {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn points<T0>(self, value: T0) -> ArmorBuilder<(T0,)>
            where
                T0: ::planus::WriteAsDefault<i32, i32>,
            {
                ArmorBuilder((value,))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn points_as_default(self) -> ArmorBuilder<(::planus::DefaultValue,)> {
                self.points(::planus::DefaultValue)
            }
        }

        impl<T0> ArmorBuilder<(T0,)> {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn spot<T1>(self, value: T1) -> ArmorBuilder<(T0, T1)>
            where
                T1: ::planus::WriteAsOptional<self::Vec3>,
            {
                let (v0,) = self.0;
                ArmorBuilder((v0, value))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn spot_as_null(self) -> ArmorBuilder<(T0, ())> {
                self.spot(())
            }
        }

        impl<T0, T1> ArmorBuilder<(T0, T1)> {
            #[inline]
            pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Armor>
            where
                Self: ::planus::WriteAsOffset<Armor>,
            {
                ::planus::WriteAsOffset::prepare(&self, builder)
            }
        }

        impl<T0: ::planus::WriteAsDefault<i32, i32>, T1: ::planus::WriteAsOptional<self::Vec3>>
            ::planus::WriteAs<::planus::Offset<Armor>> for ArmorBuilder<(T0, T1)>
        {
            type Prepared = ::planus::Offset<Armor>;

            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Armor> {
                ::planus::WriteAsOffset::prepare(self, builder)
            }
        }

        impl<T0: ::planus::WriteAsDefault<i32, i32>, T1: ::planus::WriteAsOptional<self::Vec3>>
            ::planus::WriteAsOptional<::planus::Offset<Armor>> for ArmorBuilder<(T0, T1)>
        {
            type Prepared = ::planus::Offset<Armor>;

            #[inline]
            fn prepare(
                &self,
                builder: &mut ::planus::Builder,
            ) -> ::core::option::Option<::planus::Offset<Armor>> {
                ::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
            }
        }

        impl<T0: ::planus::WriteAsDefault<i32, i32>, T1: ::planus::WriteAsOptional<self::Vec3>>
            ::planus::WriteAsOffset<Armor> for ArmorBuilder<(T0, T1)>
        {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Armor> {
                let (v0, v1) = &self.0;
                Armor::create(builder, v0, v1)
            }
        }

        #[derive(Copy, Clone)]
        pub struct ArmorRef<'a>(#[allow(dead_code)] ::planus::table_reader::Table<'a>);

        impl<'a> ArmorRef<'a> {
            #[inline]
            pub fn points(&self) -> ::planus::Result<i32> {
                ::core::result::Result::Ok(self.0.access(0, "Armor", "points")?.unwrap_or(0))
            }

            #[inline]
            pub fn spot(&self) -> ::planus::Result<::core::option::Option<self::Vec3Ref<'a>>> {
                self.0.access(1, "Armor", "spot")
            }
        }

        impl<'a> ::core::fmt::Debug for ArmorRef<'a> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut f = f.debug_struct("ArmorRef");
                f.field("points", &self.points());
                if let ::core::option::Option::Some(field_spot) = self.spot().transpose() {
                    f.field("spot", &field_spot);
                }
                f.finish()
            }
        }

        impl<'a> ::core::convert::TryFrom<ArmorRef<'a>> for Armor {
            type Error = ::planus::Error;

            #[allow(unreachable_code)]
            fn try_from(value: ArmorRef<'a>) -> ::planus::Result<Self> {
                ::core::result::Result::Ok(Self {
                    points: ::core::convert::TryInto::try_into(value.points()?)?,
                    spot: value.spot()?.map(::core::convert::Into::into),
                })
            }
        }

        impl<'a> ::planus::TableRead<'a> for ArmorRef<'a> {
            #[inline]
            fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                offset: usize,
            ) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
                ::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(
                    buffer, offset,
                )?))
            }
        }

        impl<'a> ::planus::VectorReadInner<'a> for ArmorRef<'a> {
            type Error = ::planus::Error;
            const STRIDE: usize = 4;

            unsafe fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                offset: usize,
            ) -> ::planus::Result<Self> {
                ::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| {
                    error_kind.with_error_location("[ArmorRef]", "get", buffer.offset_from_start)
                })
            }
        }

        unsafe impl ::planus::VectorWrite<::planus::Offset<Armor>> for Armor {
            type Value = ::planus::Offset<Armor>;
            const STRIDE: usize = 4;
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
                ::planus::WriteAs::prepare(self, builder)
            }

            #[inline]
            unsafe fn write_values(
                values: &[::planus::Offset<Armor>],
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

        impl<'a> ::planus::ReadAsRoot<'a> for ArmorRef<'a> {
            fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
                ::planus::TableRead::from_buffer(
                    ::planus::SliceWithStartOffset {
                        buffer: slice,
                        offset_from_start: 0,
                    },
                    0,
                )
                .map_err(|error_kind| {
                    error_kind.with_error_location("[ArmorRef]", "read_as_root", 0)
                })
            }
        }

        #[derive(Clone, Debug, PartialEq, PartialOrd)]
        pub enum Equipment {
            Weapon(::planus::alloc::boxed::Box<self::Weapon>),

            Armor(::planus::alloc::boxed::Box<self::Armor>),
        }

        impl Equipment {
            #[inline]
            pub fn builder() -> EquipmentBuilder<::planus::Uninitialized> {
                EquipmentBuilder(::planus::Uninitialized)
            }

            #[inline]
            pub fn create_weapon(
                builder: &mut ::planus::Builder,
                value: impl ::planus::WriteAsOffset<self::Weapon>,
            ) -> ::planus::UnionOffset<Self> {
                ::planus::UnionOffset::new(1, value.prepare(builder).downcast())
            }

            #[inline]
            pub fn create_armor(
                builder: &mut ::planus::Builder,
                value: impl ::planus::WriteAsOffset<self::Armor>,
            ) -> ::planus::UnionOffset<Self> {
                ::planus::UnionOffset::new(2, value.prepare(builder).downcast())
            }
        }

        impl ::planus::WriteAsUnion<Equipment> for Equipment {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<Self> {
                match self {
                    Self::Weapon(value) => Self::create_weapon(builder, value),
                    Self::Armor(value) => Self::create_armor(builder, value),
                }
            }
        }

        impl ::planus::WriteAsOptionalUnion<Equipment> for Equipment {
            #[inline]
            fn prepare(
                &self,
                builder: &mut ::planus::Builder,
            ) -> ::core::option::Option<::planus::UnionOffset<Self>> {
                ::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
            }
        }

        #[derive(Debug)]
        #[must_use]
        pub struct EquipmentBuilder<T>(T);

        impl EquipmentBuilder<::planus::Uninitialized> {
            #[inline]
            pub fn weapon<T>(self, value: T) -> EquipmentBuilder<::planus::Initialized<1, T>>
            where
                T: ::planus::WriteAsOffset<self::Weapon>,
            {
                EquipmentBuilder(::planus::Initialized(value))
            }

            #[inline]
            pub fn armor<T>(self, value: T) -> EquipmentBuilder<::planus::Initialized<2, T>>
            where
                T: ::planus::WriteAsOffset<self::Armor>,
            {
                EquipmentBuilder(::planus::Initialized(value))
            }
        }

        impl<const N: u8, T> EquipmentBuilder<::planus::Initialized<N, T>> {
            #[inline]
            pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<Equipment>
            where
                Self: ::planus::WriteAsUnion<Equipment>,
            {
                ::planus::WriteAsUnion::prepare(&self, builder)
            }
        }

        impl<T> ::planus::WriteAsUnion<Equipment> for EquipmentBuilder<::planus::Initialized<1, T>>
        where
            T: ::planus::WriteAsOffset<self::Weapon>,
        {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<Equipment> {
                ::planus::UnionOffset::new(1, (self.0).0.prepare(builder).downcast())
            }
        }

        impl<T> ::planus::WriteAsOptionalUnion<Equipment> for EquipmentBuilder<::planus::Initialized<1, T>>
        where
            T: ::planus::WriteAsOffset<self::Weapon>,
        {
            #[inline]
            fn prepare(
                &self,
                builder: &mut ::planus::Builder,
            ) -> ::core::option::Option<::planus::UnionOffset<Equipment>> {
                ::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
            }
        }
        impl<T> ::planus::WriteAsUnion<Equipment> for EquipmentBuilder<::planus::Initialized<2, T>>
        where
            T: ::planus::WriteAsOffset<self::Armor>,
        {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<Equipment> {
                ::planus::UnionOffset::new(2, (self.0).0.prepare(builder).downcast())
            }
        }

        impl<T> ::planus::WriteAsOptionalUnion<Equipment> for EquipmentBuilder<::planus::Initialized<2, T>>
        where
            T: ::planus::WriteAsOffset<self::Armor>,
        {
            #[inline]
            fn prepare(
                &self,
                builder: &mut ::planus::Builder,
            ) -> ::core::option::Option<::planus::UnionOffset<Equipment>> {
                ::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
            }
        }

        #[derive(Copy, Clone, Debug)]
        pub enum EquipmentRef<'a> {
            Weapon(self::WeaponRef<'a>),
            Armor(self::ArmorRef<'a>),
        }

        impl<'a> ::core::convert::TryFrom<EquipmentRef<'a>> for Equipment {
            type Error = ::planus::Error;

            fn try_from(value: EquipmentRef<'a>) -> ::planus::Result<Self> {
                ::core::result::Result::Ok(match value {
                    EquipmentRef::Weapon(value) => Self::Weapon(::planus::alloc::boxed::Box::new(
                        ::core::convert::TryFrom::try_from(value)?,
                    )),

                    EquipmentRef::Armor(value) => Self::Armor(::planus::alloc::boxed::Box::new(
                        ::core::convert::TryFrom::try_from(value)?,
                    )),
                })
            }
        }

        impl<'a> ::planus::TableReadUnion<'a> for EquipmentRef<'a> {
            fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                tag: u8,
                field_offset: usize,
            ) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
                match tag {
                    1 => ::core::result::Result::Ok(Self::Weapon(
                        ::planus::TableRead::from_buffer(buffer, field_offset)?,
                    )),
                    2 => ::core::result::Result::Ok(Self::Armor(::planus::TableRead::from_buffer(
                        buffer,
                        field_offset,
                    )?)),
                    _ => {
                        ::core::result::Result::Err(::planus::errors::ErrorKind::UnknownUnionTag {
                            tag,
                        })
                    }
                }
            }
        }

        impl<'a> ::planus::VectorReadUnion<'a> for EquipmentRef<'a> {
            const VECTOR_NAME: &'static str = "[EquipmentRef]";
        }

        #[derive(Clone, Debug, PartialEq, PartialOrd)]
        pub struct Monster {
            pub pos: ::core::option::Option<self::Vec3>,
            pub hp: i32,
            pub name: ::planus::alloc::string::String,
            pub inventory: ::core::option::Option<::planus::alloc::vec::Vec<u8>>,
            pub color: self::Color,
            pub weapons: ::core::option::Option<::planus::alloc::vec::Vec<self::Weapon>>,
            pub equipped: ::core::option::Option<self::Equipment>,
            pub path: ::core::option::Option<::planus::alloc::vec::Vec<self::Vec3>>,
            pub abilities: u16,
            pub lucky: ::core::option::Option<i64>,
            pub gone: ::core::option::Option<bool>,
            pub shade: ::core::option::Option<self::Color>,
            pub ratio: f64,
            pub titles:
                ::core::option::Option<::planus::alloc::vec::Vec<::planus::alloc::string::String>>,
            pub child: ::core::option::Option<::planus::alloc::boxed::Box<self::Monster>>,
            pub stats: ::core::option::Option<self::Stats>,
            pub colors: ::core::option::Option<::planus::alloc::vec::Vec<self::Color>>,
            pub flags: ::core::option::Option<::planus::alloc::vec::Vec<bool>>,
            pub speed: f32,
            pub big: ::core::option::Option<::planus::alloc::vec::Vec<u64>>,
            pub tiny: i8,
        }

        #[allow(clippy::derivable_impls)]
        impl ::core::default::Default for Monster {
            fn default() -> Self {
                Self {
                    pos: ::core::default::Default::default(),
                    hp: 100,
                    name: ::core::default::Default::default(),
                    inventory: ::core::default::Default::default(),
                    color: self::Color::Blue,
                    weapons: ::core::default::Default::default(),
                    equipped: ::core::default::Default::default(),
                    path: ::core::default::Default::default(),
                    abilities: 0,
                    lucky: ::core::default::Default::default(),
                    gone: ::core::default::Default::default(),
                    shade: ::core::default::Default::default(),
                    ratio: 1.5,
                    titles: ::core::default::Default::default(),
                    child: ::core::default::Default::default(),
                    stats: ::core::default::Default::default(),
                    colors: ::core::default::Default::default(),
                    flags: ::core::default::Default::default(),
                    speed: 0.0,
                    big: ::core::default::Default::default(),
                    tiny: 0,
                }
            }
        }

        impl Monster {
            #[inline]
            pub fn builder() -> MonsterBuilder<()> {
                MonsterBuilder(())
            }

            #[allow(clippy::too_many_arguments)]
            pub fn create(
                builder: &mut ::planus::Builder,
                field_pos: impl ::planus::WriteAsOptional<self::Vec3>,
                field_hp: impl ::planus::WriteAsDefault<i32, i32>,
                field_name: impl ::planus::WriteAs<::planus::Offset<str>>,
                field_inventory: impl ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
                field_color: impl ::planus::WriteAsDefault<self::Color, self::Color>,
                field_weapons: impl ::planus::WriteAsOptional<
                    ::planus::Offset<[::planus::Offset<self::Weapon>]>,
                >,
                field_equipped: impl ::planus::WriteAsOptionalUnion<self::Equipment>,
                field_path: impl ::planus::WriteAsOptional<::planus::Offset<[self::Vec3]>>,
                field_abilities: impl ::planus::WriteAsDefault<u16, u16>,
                field_lucky: impl ::planus::WriteAsOptional<i64>,
                field_gone: impl ::planus::WriteAsOptional<bool>,
                field_shade: impl ::planus::WriteAsOptional<self::Color>,
                field_ratio: impl ::planus::WriteAsDefault<f64, f64>,
                field_titles: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
                field_child: impl ::planus::WriteAsOptional<::planus::Offset<self::Monster>>,
                field_stats: impl ::planus::WriteAsOptional<self::Stats>,
                field_colors: impl ::planus::WriteAsOptional<::planus::Offset<[self::Color]>>,
                field_flags: impl ::planus::WriteAsOptional<::planus::Offset<[bool]>>,
                field_speed: impl ::planus::WriteAsDefault<f32, f32>,
                field_big: impl ::planus::WriteAsOptional<::planus::Offset<[u64]>>,
                field_tiny: impl ::planus::WriteAsDefault<i8, i8>,
            ) -> ::planus::Offset<Self> {
                let prepared_pos = field_pos.prepare(builder);
                let prepared_hp = field_hp.prepare(builder, &100);
                let prepared_name = field_name.prepare(builder);
                let prepared_inventory = field_inventory.prepare(builder);
                let prepared_color = field_color.prepare(builder, &self::Color::Blue);
                let prepared_weapons = field_weapons.prepare(builder);
                let prepared_equipped = field_equipped.prepare(builder);
                let prepared_path = field_path.prepare(builder);
                let prepared_abilities = field_abilities.prepare(builder, &0);
                let prepared_lucky = field_lucky.prepare(builder);
                let prepared_gone = field_gone.prepare(builder);
                let prepared_shade = field_shade.prepare(builder);
                let prepared_ratio = field_ratio.prepare(builder, &1.5);
                let prepared_titles = field_titles.prepare(builder);
                let prepared_child = field_child.prepare(builder);
                let prepared_stats = field_stats.prepare(builder);
                let prepared_colors = field_colors.prepare(builder);
                let prepared_flags = field_flags.prepare(builder);
                let prepared_speed = field_speed.prepare(builder, &0.0);
                let prepared_big = field_big.prepare(builder);
                let prepared_tiny = field_tiny.prepare(builder, &0);

                let mut table_writer: ::planus::table_writer::TableWriter<48> =
                    ::core::default::Default::default();
                if prepared_lucky.is_some() {
                    table_writer.write_entry::<i64>(10);
                }
                if prepared_ratio.is_some() {
                    table_writer.write_entry::<f64>(13);
                }
                if prepared_stats.is_some() {
                    table_writer.write_entry::<self::Stats>(16);
                }
                if prepared_pos.is_some() {
                    table_writer.write_entry::<self::Vec3>(0);
                }
                if prepared_hp.is_some() {
                    table_writer.write_entry::<i32>(1);
                }
                table_writer.write_entry::<::planus::Offset<str>>(2);
                if prepared_inventory.is_some() {
                    table_writer.write_entry::<::planus::Offset<[u8]>>(3);
                }
                if prepared_weapons.is_some() {
                    table_writer
                        .write_entry::<::planus::Offset<[::planus::Offset<self::Weapon>]>>(5);
                }
                if prepared_equipped.is_some() {
                    table_writer.write_entry::<::planus::Offset<self::Equipment>>(7);
                }
                if prepared_path.is_some() {
                    table_writer.write_entry::<::planus::Offset<[self::Vec3]>>(8);
                }
                if prepared_titles.is_some() {
                    table_writer.write_entry::<::planus::Offset<[::planus::Offset<str>]>>(14);
                }
                if prepared_child.is_some() {
                    table_writer.write_entry::<::planus::Offset<self::Monster>>(15);
                }
                if prepared_colors.is_some() {
                    table_writer.write_entry::<::planus::Offset<[self::Color]>>(17);
                }
                if prepared_flags.is_some() {
                    table_writer.write_entry::<::planus::Offset<[bool]>>(18);
                }
                if prepared_speed.is_some() {
                    table_writer.write_entry::<f32>(19);
                }
                if prepared_big.is_some() {
                    table_writer.write_entry::<::planus::Offset<[u64]>>(20);
                }
                if prepared_abilities.is_some() {
                    table_writer.write_entry::<u16>(9);
                }
                if prepared_color.is_some() {
                    table_writer.write_entry::<self::Color>(4);
                }
                if prepared_equipped.is_some() {
                    table_writer.write_entry::<u8>(6);
                }
                if prepared_gone.is_some() {
                    table_writer.write_entry::<bool>(11);
                }
                if prepared_shade.is_some() {
                    table_writer.write_entry::<self::Color>(12);
                }
                if prepared_tiny.is_some() {
                    table_writer.write_entry::<i8>(21);
                }

                unsafe {
                    table_writer.finish(builder, |object_writer| {
                        if let ::core::option::Option::Some(prepared_lucky) = prepared_lucky {
                            object_writer.write::<_, _, 8>(&prepared_lucky);
                        }
                        if let ::core::option::Option::Some(prepared_ratio) = prepared_ratio {
                            object_writer.write::<_, _, 8>(&prepared_ratio);
                        }
                        if let ::core::option::Option::Some(prepared_stats) = prepared_stats {
                            object_writer.write::<_, _, 32>(&prepared_stats);
                        }
                        if let ::core::option::Option::Some(prepared_pos) = prepared_pos {
                            object_writer.write::<_, _, 12>(&prepared_pos);
                        }
                        if let ::core::option::Option::Some(prepared_hp) = prepared_hp {
                            object_writer.write::<_, _, 4>(&prepared_hp);
                        }
                        object_writer.write::<_, _, 4>(&prepared_name);
                        if let ::core::option::Option::Some(prepared_inventory) = prepared_inventory
                        {
                            object_writer.write::<_, _, 4>(&prepared_inventory);
                        }
                        if let ::core::option::Option::Some(prepared_weapons) = prepared_weapons {
                            object_writer.write::<_, _, 4>(&prepared_weapons);
                        }
                        if let ::core::option::Option::Some(prepared_equipped) = prepared_equipped {
                            object_writer.write::<_, _, 4>(&prepared_equipped.offset());
                        }
                        if let ::core::option::Option::Some(prepared_path) = prepared_path {
                            object_writer.write::<_, _, 4>(&prepared_path);
                        }
                        if let ::core::option::Option::Some(prepared_titles) = prepared_titles {
                            object_writer.write::<_, _, 4>(&prepared_titles);
                        }
                        if let ::core::option::Option::Some(prepared_child) = prepared_child {
                            object_writer.write::<_, _, 4>(&prepared_child);
                        }
                        if let ::core::option::Option::Some(prepared_colors) = prepared_colors {
                            object_writer.write::<_, _, 4>(&prepared_colors);
                        }
                        if let ::core::option::Option::Some(prepared_flags) = prepared_flags {
                            object_writer.write::<_, _, 4>(&prepared_flags);
                        }
                        if let ::core::option::Option::Some(prepared_speed) = prepared_speed {
                            object_writer.write::<_, _, 4>(&prepared_speed);
                        }
                        if let ::core::option::Option::Some(prepared_big) = prepared_big {
                            object_writer.write::<_, _, 4>(&prepared_big);
                        }
                        if let ::core::option::Option::Some(prepared_abilities) = prepared_abilities
                        {
                            object_writer.write::<_, _, 2>(&prepared_abilities);
                        }
                        if let ::core::option::Option::Some(prepared_color) = prepared_color {
                            object_writer.write::<_, _, 1>(&prepared_color);
                        }
                        if let ::core::option::Option::Some(prepared_equipped) = prepared_equipped {
                            object_writer.write::<_, _, 1>(&prepared_equipped.tag());
                        }
                        if let ::core::option::Option::Some(prepared_gone) = prepared_gone {
                            object_writer.write::<_, _, 1>(&prepared_gone);
                        }
                        if let ::core::option::Option::Some(prepared_shade) = prepared_shade {
                            object_writer.write::<_, _, 1>(&prepared_shade);
                        }
                        if let ::core::option::Option::Some(prepared_tiny) = prepared_tiny {
                            object_writer.write::<_, _, 1>(&prepared_tiny);
                        }
                    });
                }
                builder.current_offset()
            }
        }

        impl ::planus::WriteAs<::planus::Offset<Monster>> for Monster {
            type Prepared = ::planus::Offset<Self>;

            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Monster> {
                ::planus::WriteAsOffset::prepare(self, builder)
            }
        }

        impl ::planus::WriteAsOptional<::planus::Offset<Monster>> for Monster {
            type Prepared = ::planus::Offset<Self>;

            #[inline]
            fn prepare(
                &self,
                builder: &mut ::planus::Builder,
            ) -> ::core::option::Option<::planus::Offset<Monster>> {
                ::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
            }
        }

        impl ::planus::WriteAsOffset<Monster> for Monster {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Monster> {
                Monster::create(
                    builder,
                    self.pos,
                    self.hp,
                    &self.name,
                    &self.inventory,
                    self.color,
                    &self.weapons,
                    &self.equipped,
                    &self.path,
                    self.abilities,
                    self.lucky,
                    self.gone,
                    self.shade,
                    self.ratio,
                    &self.titles,
                    &self.child,
                    self.stats,
                    &self.colors,
                    &self.flags,
                    self.speed,
                    &self.big,
                    self.tiny,
                )
            }
        }

        #[derive(Debug)]
        #[must_use]
        pub struct MonsterBuilder<State>(State);

        impl MonsterBuilder<()> {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn pos<T0>(self, value: T0) -> MonsterBuilder<(T0,)>
            where
                T0: ::planus::WriteAsOptional<self::Vec3>,
            {
                MonsterBuilder((value,))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn pos_as_null(self) -> MonsterBuilder<((),)> {
                self.pos(())
            }
        }

        impl<T0> MonsterBuilder<(T0,)> {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn hp<T1>(self, value: T1) -> MonsterBuilder<(T0, T1)>
            where
                T1: ::planus::WriteAsDefault<i32, i32>,
            {
                let (v0,) = self.0;
                MonsterBuilder((v0, value))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn hp_as_default(self) -> MonsterBuilder<(T0, ::planus::DefaultValue)> {
                self.hp(::planus::DefaultValue)
            }
        }

        impl<T0, T1> MonsterBuilder<(T0, T1)> {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn name<T2>(self, value: T2) -> MonsterBuilder<(T0, T1, T2)>
            where
                T2: ::planus::WriteAs<::planus::Offset<str>>,
            {
                let (v0, v1) = self.0;
                MonsterBuilder((v0, v1, value))
            }
        }

        impl<T0, T1, T2> MonsterBuilder<(T0, T1, T2)> {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn inventory<T3>(self, value: T3) -> MonsterBuilder<(T0, T1, T2, T3)>
            where
                T3: ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
            {
                let (v0, v1, v2) = self.0;
                MonsterBuilder((v0, v1, v2, value))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn inventory_as_null(self) -> MonsterBuilder<(T0, T1, T2, ())> {
                self.inventory(())
            }
        }

        impl<T0, T1, T2, T3> MonsterBuilder<(T0, T1, T2, T3)> {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn color<T4>(self, value: T4) -> MonsterBuilder<(T0, T1, T2, T3, T4)>
            where
                T4: ::planus::WriteAsDefault<self::Color, self::Color>,
            {
                let (v0, v1, v2, v3) = self.0;
                MonsterBuilder((v0, v1, v2, v3, value))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn color_as_default(
                self,
            ) -> MonsterBuilder<(T0, T1, T2, T3, ::planus::DefaultValue)> {
                self.color(::planus::DefaultValue)
            }
        }

        impl<T0, T1, T2, T3, T4> MonsterBuilder<(T0, T1, T2, T3, T4)> {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn weapons<T5>(self, value: T5) -> MonsterBuilder<(T0, T1, T2, T3, T4, T5)>
            where
                T5: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Weapon>]>>,
            {
                let (v0, v1, v2, v3, v4) = self.0;
                MonsterBuilder((v0, v1, v2, v3, v4, value))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn weapons_as_null(self) -> MonsterBuilder<(T0, T1, T2, T3, T4, ())> {
                self.weapons(())
            }
        }

        impl<T0, T1, T2, T3, T4, T5> MonsterBuilder<(T0, T1, T2, T3, T4, T5)> {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn equipped<T6>(self, value: T6) -> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6)>
            where
                T6: ::planus::WriteAsOptionalUnion<self::Equipment>,
            {
                let (v0, v1, v2, v3, v4, v5) = self.0;
                MonsterBuilder((v0, v1, v2, v3, v4, v5, value))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn equipped_as_null(self) -> MonsterBuilder<(T0, T1, T2, T3, T4, T5, ())> {
                self.equipped(())
            }
        }

        impl<T0, T1, T2, T3, T4, T5, T6> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6)> {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn path<T7>(self, value: T7) -> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7)>
            where
                T7: ::planus::WriteAsOptional<::planus::Offset<[self::Vec3]>>,
            {
                let (v0, v1, v2, v3, v4, v5, v6) = self.0;
                MonsterBuilder((v0, v1, v2, v3, v4, v5, v6, value))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn path_as_null(self) -> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, ())> {
                self.path(())
            }
        }

        impl<T0, T1, T2, T3, T4, T5, T6, T7> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7)> {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn abilities<T8>(
                self,
                value: T8,
            ) -> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, T8)>
            where
                T8: ::planus::WriteAsDefault<u16, u16>,
            {
                let (v0, v1, v2, v3, v4, v5, v6, v7) = self.0;
                MonsterBuilder((v0, v1, v2, v3, v4, v5, v6, v7, value))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn abilities_as_default(
                self,
            ) -> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, ::planus::DefaultValue)>
            {
                self.abilities(::planus::DefaultValue)
            }
        }

        impl<T0, T1, T2, T3, T4, T5, T6, T7, T8> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, T8)> {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn lucky<T9>(
                self,
                value: T9,
            ) -> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, T8, T9)>
            where
                T9: ::planus::WriteAsOptional<i64>,
            {
                let (v0, v1, v2, v3, v4, v5, v6, v7, v8) = self.0;
                MonsterBuilder((v0, v1, v2, v3, v4, v5, v6, v7, v8, value))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn lucky_as_null(self) -> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, T8, ())> {
                self.lucky(())
            }
        }

        impl<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9>
            MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, T8, T9)>
        {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn gone<T10>(
                self,
                value: T10,
            ) -> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10)>
            where
                T10: ::planus::WriteAsOptional<bool>,
            {
                let (v0, v1, v2, v3, v4, v5, v6, v7, v8, v9) = self.0;
                MonsterBuilder((v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, value))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn gone_as_null(
                self,
            ) -> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, ())> {
                self.gone(())
            }
        }

        impl<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>
            MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10)>
        {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn shade<T11>(
                self,
                value: T11,
            ) -> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11)>
            where
                T11: ::planus::WriteAsOptional<self::Color>,
            {
                let (v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10) = self.0;
                MonsterBuilder((v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, value))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn shade_as_null(
                self,
            ) -> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, ())> {
                self.shade(())
            }
        }

        impl<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>
            MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11)>
        {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn ratio<T12>(
                self,
                value: T12,
            ) -> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12)>
            where
                T12: ::planus::WriteAsDefault<f64, f64>,
            {
                let (v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11) = self.0;
                MonsterBuilder((v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, value))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn ratio_as_default(
                self,
            ) -> MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                ::planus::DefaultValue,
            )> {
                self.ratio(::planus::DefaultValue)
            }
        }

        impl<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>
            MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12)>
        {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn titles<T13>(
                self,
                value: T13,
            ) -> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13)>
            where
                T13: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
            {
                let (v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12) = self.0;
                MonsterBuilder((v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, value))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn titles_as_null(
                self,
            ) -> MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, ())>
            {
                self.titles(())
            }
        }

        impl<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>
            MonsterBuilder<(T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13)>
        {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn child<T14>(
                self,
                value: T14,
            ) -> MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
            )>
            where
                T14: ::planus::WriteAsOptional<::planus::Offset<self::Monster>>,
            {
                let (v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13) = self.0;
                MonsterBuilder((
                    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, value,
                ))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn child_as_null(
                self,
            ) -> MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                (),
            )> {
                self.child(())
            }
        }

        impl<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>
            MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
            )>
        {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn stats<T15>(
                self,
                value: T15,
            ) -> MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
            )>
            where
                T15: ::planus::WriteAsOptional<self::Stats>,
            {
                let (v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14) = self.0;
                MonsterBuilder((
                    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, value,
                ))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn stats_as_null(
                self,
            ) -> MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                (),
            )> {
                self.stats(())
            }
        }

        impl<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15>
            MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
            )>
        {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn colors<T16>(
                self,
                value: T16,
            ) -> MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
            )>
            where
                T16: ::planus::WriteAsOptional<::planus::Offset<[self::Color]>>,
            {
                let (v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15) = self.0;
                MonsterBuilder((
                    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, value,
                ))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn colors_as_null(
                self,
            ) -> MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                (),
            )> {
                self.colors(())
            }
        }

        impl<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16>
            MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
            )>
        {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn flags<T17>(
                self,
                value: T17,
            ) -> MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
            )>
            where
                T17: ::planus::WriteAsOptional<::planus::Offset<[bool]>>,
            {
                let (v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16) =
                    self.0;
                MonsterBuilder((
                    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16,
                    value,
                ))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn flags_as_null(
                self,
            ) -> MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                (),
            )> {
                self.flags(())
            }
        }

        impl<T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17>
            MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
            )>
        {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn speed<T18>(
                self,
                value: T18,
            ) -> MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
                T18,
            )>
            where
                T18: ::planus::WriteAsDefault<f32, f32>,
            {
                let (
                    v0,
                    v1,
                    v2,
                    v3,
                    v4,
                    v5,
                    v6,
                    v7,
                    v8,
                    v9,
                    v10,
                    v11,
                    v12,
                    v13,
                    v14,
                    v15,
                    v16,
                    v17,
                ) = self.0;
                MonsterBuilder((
                    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17,
                    value,
                ))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn speed_as_default(
                self,
            ) -> MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
                ::planus::DefaultValue,
            )> {
                self.speed(::planus::DefaultValue)
            }
        }

        impl<
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
                T18,
            >
            MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
                T18,
            )>
        {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn big<T19>(
                self,
                value: T19,
            ) -> MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
                T18,
                T19,
            )>
            where
                T19: ::planus::WriteAsOptional<::planus::Offset<[u64]>>,
            {
                let (
                    v0,
                    v1,
                    v2,
                    v3,
                    v4,
                    v5,
                    v6,
                    v7,
                    v8,
                    v9,
                    v10,
                    v11,
                    v12,
                    v13,
                    v14,
                    v15,
                    v16,
                    v17,
                    v18,
                ) = self.0;
                MonsterBuilder((
                    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17,
                    v18, value,
                ))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn big_as_null(
                self,
            ) -> MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
                T18,
                (),
            )> {
                self.big(())
            }
        }

        impl<
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
                T18,
                T19,
            >
            MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
                T18,
                T19,
            )>
        {
            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn tiny<T20>(
                self,
                value: T20,
            ) -> MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
                T18,
                T19,
                T20,
            )>
            where
                T20: ::planus::WriteAsDefault<i8, i8>,
            {
                let (
                    v0,
                    v1,
                    v2,
                    v3,
                    v4,
                    v5,
                    v6,
                    v7,
                    v8,
                    v9,
                    v10,
                    v11,
                    v12,
                    v13,
                    v14,
                    v15,
                    v16,
                    v17,
                    v18,
                    v19,
                ) = self.0;
                MonsterBuilder((
                    v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15, v16, v17,
                    v18, v19, value,
                ))
            }

            #[inline]
            #[allow(clippy::type_complexity)]
            pub fn tiny_as_default(
                self,
            ) -> MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
                T18,
                T19,
                ::planus::DefaultValue,
            )> {
                self.tiny(::planus::DefaultValue)
            }
        }

        impl<
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
                T18,
                T19,
                T20,
            >
            MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
                T18,
                T19,
                T20,
            )>
        {
            #[inline]
            pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Monster>
            where
                Self: ::planus::WriteAsOffset<Monster>,
            {
                ::planus::WriteAsOffset::prepare(&self, builder)
            }
        }

        impl<
                T0: ::planus::WriteAsOptional<self::Vec3>,
                T1: ::planus::WriteAsDefault<i32, i32>,
                T2: ::planus::WriteAs<::planus::Offset<str>>,
                T3: ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
                T4: ::planus::WriteAsDefault<self::Color, self::Color>,
                T5: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Weapon>]>>,
                T6: ::planus::WriteAsOptionalUnion<self::Equipment>,
                T7: ::planus::WriteAsOptional<::planus::Offset<[self::Vec3]>>,
                T8: ::planus::WriteAsDefault<u16, u16>,
                T9: ::planus::WriteAsOptional<i64>,
                T10: ::planus::WriteAsOptional<bool>,
                T11: ::planus::WriteAsOptional<self::Color>,
                T12: ::planus::WriteAsDefault<f64, f64>,
                T13: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
                T14: ::planus::WriteAsOptional<::planus::Offset<self::Monster>>,
                T15: ::planus::WriteAsOptional<self::Stats>,
                T16: ::planus::WriteAsOptional<::planus::Offset<[self::Color]>>,
                T17: ::planus::WriteAsOptional<::planus::Offset<[bool]>>,
                T18: ::planus::WriteAsDefault<f32, f32>,
                T19: ::planus::WriteAsOptional<::planus::Offset<[u64]>>,
                T20: ::planus::WriteAsDefault<i8, i8>,
            > ::planus::WriteAs<::planus::Offset<Monster>>
            for MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
                T18,
                T19,
                T20,
            )>
        {
            type Prepared = ::planus::Offset<Monster>;

            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Monster> {
                ::planus::WriteAsOffset::prepare(self, builder)
            }
        }

        impl<
                T0: ::planus::WriteAsOptional<self::Vec3>,
                T1: ::planus::WriteAsDefault<i32, i32>,
                T2: ::planus::WriteAs<::planus::Offset<str>>,
                T3: ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
                T4: ::planus::WriteAsDefault<self::Color, self::Color>,
                T5: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Weapon>]>>,
                T6: ::planus::WriteAsOptionalUnion<self::Equipment>,
                T7: ::planus::WriteAsOptional<::planus::Offset<[self::Vec3]>>,
                T8: ::planus::WriteAsDefault<u16, u16>,
                T9: ::planus::WriteAsOptional<i64>,
                T10: ::planus::WriteAsOptional<bool>,
                T11: ::planus::WriteAsOptional<self::Color>,
                T12: ::planus::WriteAsDefault<f64, f64>,
                T13: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
                T14: ::planus::WriteAsOptional<::planus::Offset<self::Monster>>,
                T15: ::planus::WriteAsOptional<self::Stats>,
                T16: ::planus::WriteAsOptional<::planus::Offset<[self::Color]>>,
                T17: ::planus::WriteAsOptional<::planus::Offset<[bool]>>,
                T18: ::planus::WriteAsDefault<f32, f32>,
                T19: ::planus::WriteAsOptional<::planus::Offset<[u64]>>,
                T20: ::planus::WriteAsDefault<i8, i8>,
            > ::planus::WriteAsOptional<::planus::Offset<Monster>>
            for MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
                T18,
                T19,
                T20,
            )>
        {
            type Prepared = ::planus::Offset<Monster>;

            #[inline]
            fn prepare(
                &self,
                builder: &mut ::planus::Builder,
            ) -> ::core::option::Option<::planus::Offset<Monster>> {
                ::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
            }
        }

        impl<
                T0: ::planus::WriteAsOptional<self::Vec3>,
                T1: ::planus::WriteAsDefault<i32, i32>,
                T2: ::planus::WriteAs<::planus::Offset<str>>,
                T3: ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
                T4: ::planus::WriteAsDefault<self::Color, self::Color>,
                T5: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Weapon>]>>,
                T6: ::planus::WriteAsOptionalUnion<self::Equipment>,
                T7: ::planus::WriteAsOptional<::planus::Offset<[self::Vec3]>>,
                T8: ::planus::WriteAsDefault<u16, u16>,
                T9: ::planus::WriteAsOptional<i64>,
                T10: ::planus::WriteAsOptional<bool>,
                T11: ::planus::WriteAsOptional<self::Color>,
                T12: ::planus::WriteAsDefault<f64, f64>,
                T13: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
                T14: ::planus::WriteAsOptional<::planus::Offset<self::Monster>>,
                T15: ::planus::WriteAsOptional<self::Stats>,
                T16: ::planus::WriteAsOptional<::planus::Offset<[self::Color]>>,
                T17: ::planus::WriteAsOptional<::planus::Offset<[bool]>>,
                T18: ::planus::WriteAsDefault<f32, f32>,
                T19: ::planus::WriteAsOptional<::planus::Offset<[u64]>>,
                T20: ::planus::WriteAsDefault<i8, i8>,
            > ::planus::WriteAsOffset<Monster>
            for MonsterBuilder<(
                T0,
                T1,
                T2,
                T3,
                T4,
                T5,
                T6,
                T7,
                T8,
                T9,
                T10,
                T11,
                T12,
                T13,
                T14,
                T15,
                T16,
                T17,
                T18,
                T19,
                T20,
            )>
        {
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Monster> {
                let (
                    v0,
                    v1,
                    v2,
                    v3,
                    v4,
                    v5,
                    v6,
                    v7,
                    v8,
                    v9,
                    v10,
                    v11,
                    v12,
                    v13,
                    v14,
                    v15,
                    v16,
                    v17,
                    v18,
                    v19,
                    v20,
                ) = &self.0;
                Monster::create(
                    builder, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, v15,
                    v16, v17, v18, v19, v20,
                )
            }
        }

        #[derive(Copy, Clone)]
        pub struct MonsterRef<'a>(#[allow(dead_code)] ::planus::table_reader::Table<'a>);

        impl<'a> MonsterRef<'a> {
            #[inline]
            pub fn pos(&self) -> ::planus::Result<::core::option::Option<self::Vec3Ref<'a>>> {
                self.0.access(0, "Monster", "pos")
            }

            #[inline]
            pub fn hp(&self) -> ::planus::Result<i32> {
                ::core::result::Result::Ok(self.0.access(1, "Monster", "hp")?.unwrap_or(100))
            }

            #[inline]
            pub fn name(&self) -> ::planus::Result<&'a ::core::primitive::str> {
                self.0.access_required(2, "Monster", "name")
            }

            #[inline]
            pub fn inventory(&self) -> ::planus::Result<::core::option::Option<&'a [u8]>> {
                self.0.access(3, "Monster", "inventory")
            }

            #[inline]
            pub fn color(&self) -> ::planus::Result<self::Color> {
                ::core::result::Result::Ok(
                    self.0
                        .access(4, "Monster", "color")?
                        .unwrap_or(self::Color::Blue),
                )
            }

            #[inline]
            pub fn weapons(
                &self,
            ) -> ::planus::Result<
                ::core::option::Option<::planus::Vector<'a, ::planus::Result<self::WeaponRef<'a>>>>,
            > {
                self.0.access(5, "Monster", "weapons")
            }

            #[inline]
            pub fn equipped(
                &self,
            ) -> ::planus::Result<::core::option::Option<self::EquipmentRef<'a>>> {
                self.0.access_union(6, "Monster", "equipped")
            }

            #[inline]
            pub fn path(
                &self,
            ) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, self::Vec3Ref<'a>>>>
            {
                self.0.access(8, "Monster", "path")
            }

            #[inline]
            pub fn abilities(&self) -> ::planus::Result<u16> {
                ::core::result::Result::Ok(self.0.access(9, "Monster", "abilities")?.unwrap_or(0))
            }

            #[inline]
            pub fn lucky(&self) -> ::planus::Result<::core::option::Option<i64>> {
                self.0.access(10, "Monster", "lucky")
            }

            #[inline]
            pub fn gone(&self) -> ::planus::Result<::core::option::Option<bool>> {
                self.0.access(11, "Monster", "gone")
            }

            #[inline]
            pub fn shade(&self) -> ::planus::Result<::core::option::Option<self::Color>> {
                self.0.access(12, "Monster", "shade")
            }

            #[inline]
            pub fn ratio(&self) -> ::planus::Result<f64> {
                ::core::result::Result::Ok(self.0.access(13, "Monster", "ratio")?.unwrap_or(1.5))
            }

            #[inline]
            pub fn titles(
                &self,
            ) -> ::planus::Result<
                ::core::option::Option<
                    ::planus::Vector<'a, ::planus::Result<&'a ::core::primitive::str>>,
                >,
            > {
                self.0.access(14, "Monster", "titles")
            }

            #[inline]
            pub fn child(&self) -> ::planus::Result<::core::option::Option<self::MonsterRef<'a>>> {
                self.0.access(15, "Monster", "child")
            }

            #[inline]
            pub fn stats(&self) -> ::planus::Result<::core::option::Option<self::StatsRef<'a>>> {
                self.0.access(16, "Monster", "stats")
            }

            #[inline]
            pub fn colors(
                &self,
            ) -> ::planus::Result<
                ::core::option::Option<
                    ::planus::Vector<
                        'a,
                        ::core::result::Result<self::Color, ::planus::errors::UnknownEnumTag>,
                    >,
                >,
            > {
                self.0.access(17, "Monster", "colors")
            }

            #[inline]
            pub fn flags(
                &self,
            ) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, bool>>> {
                self.0.access(18, "Monster", "flags")
            }

            #[inline]
            pub fn speed(&self) -> ::planus::Result<f32> {
                ::core::result::Result::Ok(self.0.access(19, "Monster", "speed")?.unwrap_or(0.0))
            }

            #[inline]
            pub fn big(
                &self,
            ) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, u64>>> {
                self.0.access(20, "Monster", "big")
            }

            #[inline]
            pub fn tiny(&self) -> ::planus::Result<i8> {
                ::core::result::Result::Ok(self.0.access(21, "Monster", "tiny")?.unwrap_or(0))
            }
        }

        impl<'a> ::core::fmt::Debug for MonsterRef<'a> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut f = f.debug_struct("MonsterRef");
                if let ::core::option::Option::Some(field_pos) = self.pos().transpose() {
                    f.field("pos", &field_pos);
                }
                f.field("hp", &self.hp());
                f.field("name", &self.name());
                if let ::core::option::Option::Some(field_inventory) = self.inventory().transpose()
                {
                    f.field("inventory", &field_inventory);
                }
                f.field("color", &self.color());
                if let ::core::option::Option::Some(field_weapons) = self.weapons().transpose() {
                    f.field("weapons", &field_weapons);
                }
                if let ::core::option::Option::Some(field_equipped) = self.equipped().transpose() {
                    f.field("equipped", &field_equipped);
                }
                if let ::core::option::Option::Some(field_path) = self.path().transpose() {
                    f.field("path", &field_path);
                }
                f.field("abilities", &self.abilities());
                if let ::core::option::Option::Some(field_lucky) = self.lucky().transpose() {
                    f.field("lucky", &field_lucky);
                }
                if let ::core::option::Option::Some(field_gone) = self.gone().transpose() {
                    f.field("gone", &field_gone);
                }
                if let ::core::option::Option::Some(field_shade) = self.shade().transpose() {
                    f.field("shade", &field_shade);
                }
                f.field("ratio", &self.ratio());
                if let ::core::option::Option::Some(field_titles) = self.titles().transpose() {
                    f.field("titles", &field_titles);
                }
                if let ::core::option::Option::Some(field_child) = self.child().transpose() {
                    f.field("child", &field_child);
                }
                if let ::core::option::Option::Some(field_stats) = self.stats().transpose() {
                    f.field("stats", &field_stats);
                }
                if let ::core::option::Option::Some(field_colors) = self.colors().transpose() {
                    f.field("colors", &field_colors);
                }
                if let ::core::option::Option::Some(field_flags) = self.flags().transpose() {
                    f.field("flags", &field_flags);
                }
                f.field("speed", &self.speed());
                if let ::core::option::Option::Some(field_big) = self.big().transpose() {
                    f.field("big", &field_big);
                }
                f.field("tiny", &self.tiny());
                f.finish()
            }
        }

        impl<'a> ::core::convert::TryFrom<MonsterRef<'a>> for Monster {
            type Error = ::planus::Error;

            #[allow(unreachable_code)]
            fn try_from(value: MonsterRef<'a>) -> ::planus::Result<Self> {
                ::core::result::Result::Ok(Self {
                    pos: value.pos()?.map(::core::convert::Into::into),
                    hp: ::core::convert::TryInto::try_into(value.hp()?)?,
                    name: ::core::convert::Into::into(value.name()?),
                    inventory: value.inventory()?.map(|v| v.to_vec()),
                    color: ::core::convert::TryInto::try_into(value.color()?)?,
                    weapons: if let ::core::option::Option::Some(weapons) = value.weapons()? {
                        ::core::option::Option::Some(weapons.to_vec_result()?)
                    } else {
                        ::core::option::Option::None
                    },
                    equipped: if let ::core::option::Option::Some(equipped) = value.equipped()? {
                        ::core::option::Option::Some(::core::convert::TryInto::try_into(equipped)?)
                    } else {
                        ::core::option::Option::None
                    },
                    path: if let ::core::option::Option::Some(path) = value.path()? {
                        ::core::option::Option::Some(path.to_vec()?)
                    } else {
                        ::core::option::Option::None
                    },
                    abilities: ::core::convert::TryInto::try_into(value.abilities()?)?,
                    lucky: if let ::core::option::Option::Some(lucky) = value.lucky()? {
                        ::core::option::Option::Some(::core::convert::TryInto::try_into(lucky)?)
                    } else {
                        ::core::option::Option::None
                    },
                    gone: if let ::core::option::Option::Some(gone) = value.gone()? {
                        ::core::option::Option::Some(::core::convert::TryInto::try_into(gone)?)
                    } else {
                        ::core::option::Option::None
                    },
                    shade: if let ::core::option::Option::Some(shade) = value.shade()? {
                        ::core::option::Option::Some(::core::convert::TryInto::try_into(shade)?)
                    } else {
                        ::core::option::Option::None
                    },
                    ratio: ::core::convert::TryInto::try_into(value.ratio()?)?,
                    titles: if let ::core::option::Option::Some(titles) = value.titles()? {
                        ::core::option::Option::Some(titles.to_vec_result()?)
                    } else {
                        ::core::option::Option::None
                    },
                    child: if let ::core::option::Option::Some(child) = value.child()? {
                        ::core::option::Option::Some(::planus::alloc::boxed::Box::new(
                            ::core::convert::TryInto::try_into(child)?,
                        ))
                    } else {
                        ::core::option::Option::None
                    },
                    stats: if let ::core::option::Option::Some(stats) = value.stats()? {
                        ::core::option::Option::Some(::core::convert::TryInto::try_into(stats)?)
                    } else {
                        ::core::option::Option::None
                    },
                    colors: if let ::core::option::Option::Some(colors) = value.colors()? {
                        ::core::option::Option::Some(colors.to_vec_result()?)
                    } else {
                        ::core::option::Option::None
                    },
                    flags: if let ::core::option::Option::Some(flags) = value.flags()? {
                        ::core::option::Option::Some(flags.to_vec()?)
                    } else {
                        ::core::option::Option::None
                    },
                    speed: ::core::convert::TryInto::try_into(value.speed()?)?,
                    big: if let ::core::option::Option::Some(big) = value.big()? {
                        ::core::option::Option::Some(big.to_vec()?)
                    } else {
                        ::core::option::Option::None
                    },
                    tiny: ::core::convert::TryInto::try_into(value.tiny()?)?,
                })
            }
        }

        impl<'a> ::planus::TableRead<'a> for MonsterRef<'a> {
            #[inline]
            fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                offset: usize,
            ) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
                ::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(
                    buffer, offset,
                )?))
            }
        }

        impl<'a> ::planus::VectorReadInner<'a> for MonsterRef<'a> {
            type Error = ::planus::Error;
            const STRIDE: usize = 4;

            unsafe fn from_buffer(
                buffer: ::planus::SliceWithStartOffset<'a>,
                offset: usize,
            ) -> ::planus::Result<Self> {
                ::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| {
                    error_kind.with_error_location("[MonsterRef]", "get", buffer.offset_from_start)
                })
            }
        }

        unsafe impl ::planus::VectorWrite<::planus::Offset<Monster>> for Monster {
            type Value = ::planus::Offset<Monster>;
            const STRIDE: usize = 4;
            #[inline]
            fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
                ::planus::WriteAs::prepare(self, builder)
            }

            #[inline]
            unsafe fn write_values(
                values: &[::planus::Offset<Monster>],
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

        impl<'a> ::planus::ReadAsRoot<'a> for MonsterRef<'a> {
            fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
                ::planus::TableRead::from_buffer(
                    ::planus::SliceWithStartOffset {
                        buffer: slice,
                        offset_from_start: 0,
                    },
                    0,
                )
                .map_err(|error_kind| {
                    error_kind.with_error_location("[MonsterRef]", "read_as_root", 0)
                })
            }
        }
    }
}
