"""The vocabulary that invented releases are written in."""

from __future__ import annotations

COMPANIES = (
    "Harrow & Pell Industries, Inc.",
    "Quillmark Corporation",
    "Tidewater Loom Company",
    "Bascombe Holdings plc",
    "Northgate Instruments, Inc.",
    "Oakhurst Stores, Inc.",
)
SEGMENTS = (
    "Valves and Fittings",
    "Specialty Coatings",
    "Marine Products",
    "Laboratory Supply",
    "Home Furnishings",
    "Europe",
    "Asia Pacific",
    "Americas",
)
INCOME_TITLES = (
    "Condensed Consolidated Statements of Operations",
    "Consolidated Statements of Income",
    "Consolidated Statement of Earnings",
    "Condensed Statements of Income",
)
BALANCE_TITLES = (
    "Condensed Consolidated Balance Sheets",
    "Consolidated Balance Sheet",
    "Consolidated Statements of Financial Position",
)
CASH_TITLES = (
    "Condensed Consolidated Statements of Cash Flows",
    "Consolidated Statement of Cash Flows",
)
SEGMENT_TITLES = ("Segment Information", "Business Segment Data", "Results by Segment")
RECONCILIATION_TITLES = (
    "Reconciliation of Net Income to EBITDA",
    "Reconciliation of Net Income to Adjusted EBITDA",
)
PER_SHARE_TITLES = (
    "Reconciliation of Diluted Earnings per Share",
    "Reconciliation of Reported to Adjusted Diluted Earnings per Share",
)
PARTS_TITLES = ("Results by Geographic Area", "Segment Income Statements")
PARTS = ("Domestic", "Canada", "Corporate")
OPERATING_TITLES = ("Selected Operating Data", "Operating Statistics")

REVENUES = (
    "Product sales",
    "Services",
    "Rental income",
    "Finance income",
    "License fees and royalties received from affiliated distributors",
    "Maintenance contracts",
)
COSTS = (
    "Cost of products sold",
    "Cost of services",
    "Cost of rentals",
    "Financing costs",
)
EXPENSES = (
    "Selling, general and administrative",
    "Research and development",
    "Amortization of acquired intangible assets",
    "Marketing and distribution",
    "Restructuring and other special charges, net of recoveries",
    "Depreciation",
)
OTHER_INCOME = (
    "Interest income",
    "Equity in earnings of unconsolidated affiliates",
    "Gain (loss) on sale of assets",
    "Foreign exchange loss, net",
    "Other, net",
)
CURRENT_ASSETS = (
    "Short-term investments",
    "Accounts receivable, less allowance for doubtful accounts",
    "Inventories",
    "Prepaid expenses and other current assets",
    "Deferred income taxes",
    "Assets held for sale",
)
LONG_ASSETS = (
    "Goodwill",
    "Intangible assets, net",
    "Investments in and advances to unconsolidated affiliated companies",
    "Other assets",
    "Operating lease right-of-use assets",
)
CURRENT_LIABILITIES = (
    "Accounts payable",
    "Accrued compensation and benefits",
    "Income taxes payable",
    "Current portion of long-term debt and capital lease obligations",
    "Deferred revenue",
    "Other accrued liabilities",
)
LONG_LIABILITIES = (
    "Long-term debt, less current portion",
    "Deferred income taxes and other credits",
    "Accrued pension and postretirement benefit obligations",
    "Other liabilities",
)
EQUITY = (
    "Common stock",
    "Additional paid-in capital",
    "Accumulated other comprehensive loss",
    "Treasury stock, at cost",
)
NON_CASH = (
    "Depreciation and amortization",
    "Deferred income taxes",
    "Stock-based compensation expense",
    "Loss on disposal of property, plant and equipment",
)
WORKING_CAPITAL = (
    "Accounts receivable",
    "Inventories",
    "Accounts payable",
    "Prepaid expenses, accrued liabilities and other working capital",
)
INVESTING = (
    "Capital expenditures",
    "Acquisitions of businesses, net of cash acquired",
    "Proceeds from sales of property and equipment",
    "Purchases of marketable securities",
)
FINANCING = (
    "Proceeds from long-term borrowings",
    "Repayments of long-term debt",
    "Dividends paid",
    "Repurchases of common stock",
)
ADD_BACKS = (
    "Restructuring charges",
    "Stock-based compensation",
    "Costs of evaluating strategic alternatives",
    "Gain on sale of a product line",
)
PER_SHARE_ITEMS = (
    "Restructuring charges",
    "Amortization of acquired intangible assets",
    "Discrete tax items",
)
COUNTS = ("Number of stores at end of period", "Number of employees at end of period", "Number of plants in operation")
PERCENTS = ("Gross margin percentage", "Effective tax rate", "Comparable store sales growth", "Return on equity")

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SHORT_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
ORDINALS = ("first", "second", "third", "fourth")
LENGTHS = {3: "Three", 6: "Six", 9: "Nine", 12: "Twelve"}
WEEKS = {
    13: "Thirteen",
    14: "Fourteen",
    26: "Twenty-six",
    39: "Thirty-nine",
    40: "Forty",
    52: "Fifty-two",
    53: "Fifty-three",
}
