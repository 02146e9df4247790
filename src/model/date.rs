//! A day or a year, as people type dates in plans: `2027-03-31` or `2027`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day, or a year where the day is not known. A year stands for its last day when compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
    is_year_only: bool,
}

/// A text that is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no date, expected a day as 2027-03-31 or a year as 2027")]
pub struct NoDate(pub String);

impl Date {
    /// The year alone.
    #[must_use]
    pub const fn year_only(year: u16) -> Self {
        Self { year, month: 12, day: 31, is_year_only: true }
    }

    /// The year of the date.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The day so many months later; the last of the month where that month is shorter. A year alone
    /// counts from its last day, and whole years later is a year alone again. Stops at the end of the year
    /// 9999.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        let month = (u32::from(self.month) - 1).saturating_add(months);
        let year = u32::from(self.year) + month / 12;
        let (Ok(year @ ..=9999), Ok(month)) = (u16::try_from(year), u8::try_from(month % 12 + 1)) else {
            return Self { year: 9999, month: 12, day: 31, is_year_only: false };
        };
        let is_year_only = self.is_year_only && month == 12;
        Self { year, month, day: self.day.min(days_in_month(year, month)), is_year_only }
    }

    /// The month of the date, 1 to 12; 12 where only the year is known.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Days from this date to another; below zero where the other is earlier.
    #[must_use]
    pub const fn days_until(self, other: Self) -> i64 {
        other.day_number() - self.day_number()
    }

    /// Days since the first of March of the year 0, in the calendar that is used today. Years begin in
    /// March here, so that the day that leap years add is their last.
    const fn day_number(self) -> i64 {
        let (year, month, day) = (self.year as i64, self.month as i64, self.day as i64);
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        year * 365 + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (month * 153 + 2) / 5
            + day
            - 1
    }
}

const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl FromStr for Date {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let no_date = || NoDate(text.to_owned());
        let number = |part: &str, digits: usize| {
            let all_digits = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
            all_digits.then(|| part.parse::<u16>().ok()).flatten().ok_or_else(no_date)
        };
        let mut parts = text.split('-');
        let year = number(parts.next().unwrap_or_default(), 4)?;
        let Some(month) = parts.next() else { return Ok(Self::year_only(year)) };
        let month = u8::try_from(number(month, 2)?).map_err(|_| no_date())?;
        let day = u8::try_from(number(parts.next().unwrap_or_default(), 2)?).map_err(|_| no_date())?;
        let is_real = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
        if parts.next().is_some() || !is_real {
            return Err(no_date());
        }
        Ok(Self { year, month, day, is_year_only: false })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_year_only {
            write!(f, "{:04}", self.year)
        } else {
            write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
        }
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_years_are_read_and_written_alike() {
        for text in ["2027", "2027-03-31", "2028-02-29"] {
            assert_eq!(text.parse::<Date>().map(|date| date.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn months_are_added_to_the_last_day_that_there_is() {
        let later = |text: &str, months| text.parse::<Date>().unwrap().plus_months(months).to_string();
        assert_eq!(later("2027-03-31", 0), "2027-03-31");
        assert_eq!(later("2027-11-30", 3), "2028-02-29");
        assert_eq!(later("2027-01-31", 1), "2027-02-28");
        assert_eq!(later("2027-06-15", 12), "2028-06-15");
        assert_eq!(later("2027", 1), "2028-01-31");
        assert_eq!(later("2027", 24), "2029");
        assert_eq!(later("2027-12-31", 12), "2028-12-31");
        assert_eq!(later("9999-12-01", 1), "9999-12-31");
        assert_eq!(later("2027-06-15", u32::MAX - 12), "9999-12-31");
    }

    #[test]
    fn days_between_dates_know_leap_years() {
        let days = |from: &str, to: &str| from.parse::<Date>().unwrap().days_until(to.parse().unwrap());
        assert_eq!(days("2027-01-01", "2027-01-01"), 0);
        assert_eq!(days("2028-02-28", "2028-03-01"), 2);
        assert_eq!(days("2027-02-28", "2027-03-01"), 1);
        assert_eq!(days("2027-12-31", "2027-01-01"), -364);
        assert_eq!(days("2000-01-01", "2400-01-01"), 146_097);
        assert_eq!(days("2026-12-01", "2026"), 30);
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in ["", "27", "2027-3-1", "2027-13-01", "2027-02-29", "2027-01-01-01", "soon"] {
            assert_eq!(text.parse::<Date>(), Err(NoDate(text.to_owned())));
        }
    }
}
