//! Types that borrow from the payload, for codecs that read with serde.

/// Names a type that borrows from the payload.
///
/// A packet's lifetime begins anew with each packet, so a codec can't be told the type of one packet
/// (`Login<'b>`); it is told a type that stands for all of them:
///
/// ```
/// # #[derive(serde::Deserialize)]
/// struct Login<'b> {
///     user: &'b str,
/// }
///
/// struct Logins;
///
/// impl wharf::codec::Lend for Logins {
///     type Packet<'b> = Login<'b>;
/// }
/// ```
pub trait Lend {
    /// What the user is lent.
    type Packet<'b>: serde::Deserialize<'b>;
}
