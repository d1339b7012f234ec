//! Fails in one way under the Sentry SDK: `shop SCENARIO`. Where to send to, the release and the environment come from
//! the variables SENTRY_DSN, SENTRY_RELEASE and SENTRY_ENVIRONMENT.

use std::error::Error;
use std::fmt;
use std::num::ParseIntError;
use std::time::Duration;

use anyhow::Context;
use sentry::protocol::{User, Value};
use sentry::{Breadcrumb, ClientOptions, Level};

#[derive(Debug)]
struct PaymentError {
    source: ParseIntError,
}

impl fmt::Display for PaymentError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "payment failed")
    }
}

impl Error for PaymentError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}

#[inline(never)]
fn charge(amount: &str) -> Result<i64, ParseIntError> {
    amount.parse()
}

#[inline(never)]
fn pay() -> Result<i64, PaymentError> {
    charge("twelve").map_err(|source| PaymentError { source })
}

#[inline(never)]
fn handled() {
    if let Err(error) = pay() {
        sentry::capture_error(&error);
    }
}

#[inline(never)]
fn open_basket() -> anyhow::Result<i64> {
    charge("twelve").context("reading the basket")
}

#[inline(never)]
fn wrapped() {
    if let Err(error) = open_basket().context("opening the shop") {
        sentry::integrations::anyhow::capture_anyhow(&error);
    }
}

#[inline(never)]
fn crash() {
    let shelves = vec![1, 2, 3];
    let wanted = shelves.len() + 2;
    println!("{}", shelves[wanted]);
}

fn message() {
    sentry::capture_message("Disk quota 91% used", Level::Warning);
}

fn scope() {
    sentry::configure_scope(|scope| {
        scope.set_tag("tenant", "north");
        scope.set_tag("attempt", 3);
        scope.set_extra("order", Value::from(7));
        scope.set_user(Some(User {
            id: Some("17".into()),
            email: Some("jo@example.com".into()),
            ..User::default()
        }));
    });
    sentry::add_breadcrumb(Breadcrumb {
        category: Some("cart".into()),
        message: Some("two items added".into()),
        ..Breadcrumb::default()
    });
    handled();
}

fn main() {
    let scenario = std::env::args().nth(1).expect("a scenario");
    let mut options = ClientOptions::new()
        .attach_stacktrace(!matches!(scenario.as_str(), "message" | "dropped"))
        .auto_session_tracking(scenario == "sessions")
        .shutdown_timeout(Duration::from_secs(20));
    if scenario == "dropped" {
        options = options.before_send(|event| event.exception.is_empty().then_some(event));
    }
    let _client = sentry::init(options);
    match scenario.as_str() {
        "handled" | "sessions" => handled(),
        "wrapped" => wrapped(),
        "crash" => crash(),
        "message" => message(),
        "scope" => scope(),
        "dropped" => {
            handled();
            message();
        }
        other => panic!("no scenario {other}"),
    }
}
